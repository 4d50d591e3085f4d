import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { msgpack } from '../../../sdk-js/dist/msgpack/index.js';
import { App } from '../harness/app.js';
import { Clients, token, until } from '../harness/native.js';
import { Server } from '../harness/server.js';
import { surroundings } from '../harness/surroundings.js';
import { within } from '../harness/wait.js';

const app = new App(1301);
const around = surroundings(app);

/** The data of the channel's messages, as they come, and a promise for so many. */
function listen(channel) {
  const seen = [];
  const gaps = [];
  let look = () => {};
  channel.on('*', ({ data }) => {
    seen.push(data);
    look();
  });
  channel.on('gap', (gap) => gaps.push(gap));
  const count = (number) =>
    within(`${number} messages`, new Promise((resolve) => {
      look = () => seen.length >= number && resolve();
      look();
    }));
  return { seen, gaps, count };
}

describe('@carillon/client', () => {
  test('what one client publishes another gets, with who and where', async () => {
    const name = app.name();
    const bob = around.clients.client(around.server.url, { sub: 'bob' }).channel(name);
    const arrived = until((listener) => bob.on('greeting', listener), () => true);
    await bob.attach();

    const result = await around.clients.client(around.server.url).channel(name).publish('greeting', { text: 'hi' });

    const { data, clientId, epoch, offset, id } = await within('message', arrived);
    assert.deepEqual({ data, clientId }, { data: { text: 'hi' }, clientId: 'ann' });
    assert.deepEqual({ epoch, offset, id, duplicate: false }, result);
  });

  test('text, bytes and nothing arrive as they were', async () => {
    const channel = around.clients.client(around.server.url).channel(app.name());
    const { seen, count } = listen(channel);
    for (const data of ['text', new Uint8Array([0, 128, 255]), null, 7, [1]]) await channel.publish('any', data);
    await count(5);
    assert.deepEqual(seen, ['text', new Uint8Array([0, 128, 255]), null, 7, [1]]);
  });

  test('clients of both formats understand each other, whatever the data', async () => {
    const name = app.name();
    const terse = around.clients.client(around.server.url, { sub: 'bob', codec: msgpack }).channel(name);
    const plain = around.clients.client(around.server.url).channel(name);
    const ofTerse = listen(terse);
    const ofPlain = listen(plain);
    await Promise.all([terse.attach(), plain.attach()]);
    const values = ['é', new Uint8Array([0, 255]), null, { a: [1, 2.5, -70_000, 2 ** 40] }];
    for (const data of values) await terse.publish('a', data);
    for (const data of values) await plain.publish('b', data);
    await Promise.all([ofTerse.count(8), ofPlain.count(8)]);
    assert.deepEqual(ofTerse.seen, [...values, ...values]);
    assert.deepEqual(ofPlain.seen, [...values, ...values]);
    const { value } = await terse.history({ limit: 3 }).next();
    assert.deepEqual(value.items.map(({ data }) => data), values.slice(1).reverse());
  });

  test('a key alone reads channels without a prefix', async () => {
    const name = app.name();
    const reader = around.clients.client(around.server.url, { key: app.key });
    const { seen, count } = listen(reader.channel(name));
    await reader.channel(name).attach();
    await around.clients.client(around.server.url).channel(name).publish('a', 1);
    await count(1);
    assert.deepEqual(seen, [1]);
    await assert.rejects(reader.channel(name).publish('a', 1), { kind: 'capability-denied', retry: 'no' });
  });

  test('after a cut a subscriber gets exactly what it missed', async () => {
    const name = app.name();
    const subscriber = around.clients.client(around.proxy.url, { sub: 'bob' });
    const { seen, gaps, count } = listen(subscriber.channel(name));
    await subscriber.channel(name).attach();
    const publisher = around.clients.client(around.server.url).channel(name);
    for (let n = 1; n <= 3; n += 1) await publisher.publish('n', n);
    await count(3);

    around.proxy.cut();
    for (let n = 4; n <= 8; n += 1) await publisher.publish('n', n);
    await count(8);
    await publisher.publish('n', 9);
    await count(9);

    assert.deepEqual(seen, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.deepEqual(gaps, []);
  });

  test('a publish whose answer was lost is acknowledged as the same one', async () => {
    const name = app.name();
    const channel = around.clients.client(around.proxy.url).channel(name);
    const witness = around.clients.client(around.server.url, { sub: 'bob' }).channel(name);
    const { seen, count } = listen(witness);
    await Promise.all([channel.attach(), witness.attach()]);

    around.proxy.loseAnswers();
    const result = channel.publish('n', 1);
    await count(1);
    around.proxy.cut();

    assert.equal((await within('answer', result)).duplicate, true);
    assert.equal((await channel.publish('n', 2)).duplicate, false);
    await count(2);
    assert.deepEqual(seen, [1, 2]);
  });

  test('what was published without a connection follows in its order', async () => {
    const name = app.name();
    const client = around.clients.client(around.proxy.url);
    const { seen, count } = listen(around.clients.client(around.server.url, { sub: 'bob' }).channel(name));
    await client.connect();
    const left = until((listener) => client.on('state', listener), ({ state }) => state === 'waiting');
    around.proxy.cut();
    await left;
    const results = await Promise.all([1, 2, 3].map((n) => client.channel(name).publish('n', n)));
    await count(3);
    assert.deepEqual(seen, [1, 2, 3]);
    assert.deepEqual(results.map(({ duplicate }) => duplicate), [false, false, false]);
  });

  test('history and live messages join without hole or repeat', async () => {
    const name = app.name();
    const publisher = around.clients.client(around.server.url).channel(name);
    for (let n = 1; n <= 5; n += 1) await publisher.publish('n', n);
    const channel = around.clients.client(around.server.url, { sub: 'bob' }).channel(name);
    const { seen, count } = listen(channel);
    await channel.attach();
    await publisher.publish('n', 6);
    await count(1);

    const past = [];
    for await (const { items } of channel.history({ untilAttach: true, limit: 2 })) {
      past.unshift(...items.map(({ data }) => data).reverse());
    }

    assert.deepEqual([...past, ...seen], [1, 2, 3, 4, 5, 6]);
  });

  test('rewind brings the newest, and a saved position goes on behind itself', async () => {
    const name = app.name();
    const publisher = around.clients.client(around.server.url).channel(name);
    const places = [];
    for (let n = 1; n <= 4; n += 1) places.push(await publisher.publish('n', n));

    const rewound = listen(around.clients.client(around.server.url).channel(name, { rewind: 2 }));
    const resumed = listen(around.clients.client(around.server.url).channel(name, { since: places[0] }));
    await rewound.count(2);
    await resumed.count(3);

    assert.deepEqual(rewound.seen, [3, 4]);
    assert.deepEqual(resumed.seen, [2, 3, 4]);
    assert.deepEqual(resumed.gaps, []);
  });

  test('a message over the limit is refused, and the connection stays', async () => {
    const client = around.clients.client(around.server.url);
    const channel = client.channel(app.name());
    await channel.attach();
    await assert.rejects(channel.publish('big', 'x'.repeat(100_000)), { kind: 'message-too-large' });
    await channel.publish('small', 1);
    assert.equal(client.state.state, 'connected');
  });

  test('a message over the frame limit is given up, and what else waited is published', async () => {
    const channel = around.clients.client(around.server.url).channel(app.name());
    await channel.attach();
    const large = assert.rejects(channel.publish('big', 'x'.repeat(300_000)), { kind: 'too-large' });
    await within('answer', Promise.all([large, channel.publish('small', 1)]));
  });

  test('a channel without the capability is refused alone', async () => {
    const client = around.clients.client(around.server.url, { cap: { 'open-*': ['subscribe'] } });
    await client.channel('open-1').attach();
    await assert.rejects(client.channel('shut-1').attach(), { kind: 'capability-denied' });
    assert.equal(client.channel('open-1').state.state, 'live');
  });

  test('a token is renewed on the live connection before it ends', async () => {
    const asked = [];
    const getToken = ({ reason }) => {
      asked.push(reason);
      return token(app, { life: asked.length === 1 ? 3 : 3_600 });
    };
    const client = around.clients.client(around.server.url, { getToken });
    const states = [];
    client.on('state', ({ state }) => states.push(state));
    const channel = client.channel(app.name());
    const { seen, count } = listen(channel);
    await channel.attach();
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    await channel.publish('n', 1);
    await count(1);

    assert.deepEqual(asked, ['connect', 'renew']);
    assert.deepEqual(states, ['connecting', 'connected']);
    assert.deepEqual(seen, [1]);
  });

  test('a token that ended is replaced, and nothing is missed', async () => {
    const asked = [];
    const getToken = ({ reason }) => {
      asked.push(reason);
      if (reason === 'renew') throw new Error('the backend is down');
      return token(app, { life: reason === 'connect' ? 2 : 3_600 });
    };
    const name = app.name();
    const client = around.clients.client(around.server.url, { getToken });
    const { seen, gaps, count } = listen(client.channel(name));
    await client.channel(name).attach();
    const publisher = around.clients.client(around.server.url, { sub: 'bob' }).channel(name);
    // a log that is empty may be forgotten with its last subscriber
    await publisher.publish('n', 0);
    const back = until((listener) => client.on('state', listener), ({ state }) => state === 'waiting');
    await within('end of the token', back, 90_000);
    await publisher.publish('n', 1);
    await count(2);

    assert.equal(asked.at(-1), 'refused');
    assert.deepEqual(seen, [0, 1]);
    assert.deepEqual(gaps, []);
  });

  test('a wrong key and a wrong token end the attempts with the reason', async () => {
    await assert.rejects(around.clients.client(around.server.url, { key: 'no-such-key' }).connect(), { kind: 'app-unknown' });
    const client = around.clients.client(around.server.url, { getToken: () => 'no token' });
    await assert.rejects(client.connect(), { kind: 'token-invalid', retry: 'no' });
    assert.equal(client.state.state, 'failed');
  });

  test('a server that restarts is found again, and what it forgot is told', async () => {
    const own = new App(1399);
    const other = await Server.start([own.bootstrap]);
    const mine = new Clients(own);
    try {
      const client = mine.client(other.url);
      const channel = client.channel('news');
      const { gaps } = listen(channel);
      await channel.publish('n', 1);
      await other.stop();
      const published = channel.publish('n', 2);
      await other.restart();
      await client.connect();
      await within('answer', published);
      await channel.attach();
      assert.deepEqual(gaps.map(({ reason }) => reason), ['epoch']);
    } finally {
      mine.close();
      await other.remove();
    }
  });
});
