import { call } from './http';

/** A key with its secret, as a backend has them. */
export interface Credentials {
  key: string;
  secret: string;
}

/** Where a published message stands. */
export interface Published {
  channel: string;
  id?: string;
  epoch: number;
  offset: number;
}

interface ToPublish {
  name: string;
  data: unknown;
  id?: string;
  /** Whether every node notes what becomes of it. */
  trace?: boolean;
}

// Without the session's cookie, and without the browser asking for another password.
const asBackend = ({ key, secret }: Credentials): RequestInit => ({
  headers: { authorization: `Basic ${btoa(`${key}:${secret}`)}` },
  credentials: 'omit',
});

/** Publishes as a backend does. */
export const publish = (by: Credentials, channel: string, message: ToPublish) =>
  call<Published>('POST', `/v1/channels/${encodeURIComponent(channel)}/messages`, message, asBackend(by));

/** A token that lets this page listen to every channel of the application. */
export const listeningToken = async (by: Credentials) =>
  (await call<{ token: string }>('POST', '/v1/tokens', { capabilities: { '*': ['subscribe', 'history'] } }, asBackend(by))).token;
