import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import WebSocket from 'ws';
import { App } from '../harness/app.js';
import { until } from '../harness/native.js';
import { surroundings } from '../harness/surroundings.js';
import { within } from '../harness/wait.js';

const app = new App(1303);
const fallbackMillisMax = 30_000;
const around = surroundings(app);

/** A WebSocket in a network that lets none through, until it does. */
function blocked() {
  const network = { open: false };
  network.WebSocket = class {
    constructor(url, protocols) {
      if (network.open) return new WebSocket(url, protocols);
      queueMicrotask(() => this.onclose?.({ code: 1006, reason: '' }));
    }
    send() {}
    close() {}
  };
  return network;
}

/** A fetch in a network whose proxy keeps streams back. */
const withoutStreams = (url, init) =>
  String(url).includes('/v1/sse')
    ? new Promise((_, reject) => init.signal.addEventListener('abort', () => reject(init.signal.reason)))
    : fetch(url, init);

function listen(channel) {
  const seen = [];
  let look = () => {};
  channel.on('*', ({ data }) => {
    seen.push(data);
    look();
  });
  const gaps = [];
  channel.on('gap', (gap) => gaps.push(gap));
  const count = (number) =>
    within(`${number} messages`, new Promise((resolve) => {
      look = () => seen.length >= number && resolve();
      look();
    }), fallbackMillisMax);
  return { seen, gaps, count };
}

describe('@carillon/client: where WebSockets do not pass', () => {
  test('a stream and requests beside it do all, also after a cut', async () => {
    const name = app.name();
    const client = around.clients.client(around.proxy.url, { WebSocket: blocked().WebSocket });
    const channel = client.channel(name);
    const { seen, gaps, count } = listen(channel);
    await within('channel', channel.attach(), fallbackMillisMax);
    const publisher = around.clients.client(around.server.url, { sub: 'bob' }).channel(name);
    await publisher.publish('n', 1);
    assert.equal((await channel.publish('n', 2)).duplicate, false);
    await count(2);
    around.proxy.cut();
    await publisher.publish('n', 3);
    await count(3);
    assert.deepEqual(seen, [1, 2, 3]);
    assert.deepEqual(gaps, []);
    const { value } = await channel.history({ limit: 2 }).next();
    assert.deepEqual(value.items.map(({ data }) => data), [3, 2]);
    await channel.presence.enter();
    assert.deepEqual((await channel.presence.get()).map(({ clientId }) => clientId), ['ann']);
  });

  test('the client goes back to WebSockets when they pass, without hole or repeat', async () => {
    const network = blocked();
    const name = app.name();
    const client = around.clients.client(around.server.url, { WebSocket: network.WebSocket });
    const { seen, gaps, count } = listen(client.channel(name));
    await within('channel', client.channel(name).attach(), fallbackMillisMax);
    const publisher = around.clients.client(around.server.url, { sub: 'bob' }).channel(name);
    await publisher.publish('n', 1);
    await count(1);
    const back = until((listener) => client.on('state', listener), ({ state }) => state === 'waiting');
    network.open = true;
    await within('a way back', back, fallbackMillisMax);
    await publisher.publish('n', 2);
    await count(2);
    assert.deepEqual(seen, [1, 2]);
    assert.deepEqual(gaps, []);
  });

  test('where streams do not pass either, polls bring messages', async () => {
    const name = app.name();
    const client = around.clients.client(around.server.url, { WebSocket: blocked().WebSocket, fetch: withoutStreams });
    const channel = client.channel(name);
    const { seen, gaps, count } = listen(channel);
    await within('channel', channel.attach(), fallbackMillisMax);
    const publisher = around.clients.client(around.server.url, { sub: 'bob' }).channel(name);
    for (const n of [1, 2, 3]) await publisher.publish('n', n);
    await count(3);
    const other = listen(client.channel(`${name}-2`));
    await client.channel(`${name}-2`).attach();
    await around.clients.client(around.server.url, { sub: 'bob' }).channel(`${name}-2`).publish('n', 'two');
    await publisher.publish('n', 4);
    await count(4);
    await other.count(1);
    assert.deepEqual([seen, other.seen, gaps, other.gaps], [[1, 2, 3, 4], ['two'], [], []]);
    await assert.rejects(channel.publish('n', 5), { kind: 'unsupported' });
  });

  test('a refusal over HTTP ends the attempts with its reason', async () => {
    const client = around.clients.client(around.server.url, { WebSocket: blocked().WebSocket, getToken: () => 'no token' });
    await assert.rejects(within('refusal', client.connect(), fallbackMillisMax), { kind: 'token-invalid' });
  });
});
