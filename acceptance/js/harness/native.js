import { createHmac } from 'node:crypto';
import WebSocket from 'ws';
import { Carillon } from '../../../sdk-js/dist/index.js';

const everything = { '*': ['subscribe', 'publish', 'history', 'presence'] };

/** A client token as a backend signs it. */
export function token(app, { sub = 'ann', life = 3_600, cap = everything } = {}) {
  const now = Math.floor(Date.now() / 1_000);
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'HS256', typ: 'JWT', kid: app.key })}.${part({ sub, iat: now, exp: now + life, cap })}`;
  return `${text}.${createHmac('sha256', app.secret).update(text).digest('base64url')}`;
}

/** Clients of the native protocol, which end with their test. */
export class Clients {
  #all = [];

  constructor(app) {
    this.app = app;
  }

  /** A client of this user; `options` may bring another way to a token, or a key. */
  client(url, options = {}) {
    const credentials = 'key' in options ? {} : { getToken: () => token(this.app, options) };
    const client = new Carillon(url, { WebSocket, ...credentials, ...options });
    this.#all.push(client);
    return client;
  }

  close() {
    this.#all.splice(0).forEach((client) => client.close());
  }
}

/** Until the condition holds for what is told, which may be while subscribing: a listener hears the state at once. */
export async function until(on, condition) {
  let told;
  const met = new Promise((resolve) => {
    told = (value) => {
      if (condition(value)) resolve(value);
    };
  });
  const { off } = on(told);
  const value = await met;
  off();
  return value;
}
