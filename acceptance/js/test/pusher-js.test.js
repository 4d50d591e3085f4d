import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { App } from '../harness/app.js';
import { Server } from '../harness/server.js';
import { all, next, state, subscribed } from '../harness/wait.js';

/** After a failed attempt pusher-js waits 15 s, then 30 s. */
const retryMillisMax = 60_000;
const app = new App(1001);
let server;

before(async () => {
  server = await Server.start([app.bootstrap]);
  app.on(server);
});
afterEach(() => app.disconnect());
after(() => server.remove());

describe('pusher-js', () => {
  for (const prefix of ['', 'private-', 'private-encrypted-', 'presence-']) {
    test(`a ${prefix || 'public '}channel delivers what the backend sends`, async () => {
      const channel = app.client().subscribe(app.name(prefix));
      await subscribed(channel);

      const arrived = next(channel, 'greeting');
      await app.backend.trigger(channel.name, 'greeting', { text: 'hello' });

      assert.deepEqual(await arrived, { text: 'hello' });
    });
  }

  for (const prefix of ['cache-', 'private-cache-', 'private-encrypted-cache-', 'presence-cache-']) {
    test(`a ${prefix}channel misses, then keeps the last event`, async () => {
      const first = app.client().subscribe(app.name(prefix));
      await next(first, 'pusher:cache_miss');
      await app.backend.trigger(first.name, 'greeting', { text: 'kept' });

      const second = app.client('bob').subscribe(first.name);

      assert.deepEqual(await next(second, 'greeting'), { text: 'kept' });
    });
  }

  test('a refused subscription is told to its channel, and the connection stays', async () => {
    const refuse = ({ socketId }, callback) => callback(null, app.authorize(socketId, 'private-other', 'ann'));
    const client = app.client('ann', { channelAuthorization: { customHandler: refuse } });
    const channel = client.subscribe(app.name('private-'));

    const error = await next(channel, 'pusher:subscription_error');

    assert.equal(error.type, 'AuthError');
    assert.equal(error.status, 401);
    assert.equal(channel.subscribed, false);
    await subscribed(client.subscribe(app.name()));
    assert.equal(client.connection.state, 'connected');
  });

  test('presence tells who is there, who comes and who goes', async () => {
    const ann = app.client('ann').subscribe(app.name('presence-'));
    const members = await subscribed(ann);
    assert.equal(members.count, 1);
    assert.deepEqual(members.me, { id: 'ann', info: { name: 'ann' } });
    const added = all(ann, 'pusher:member_added');
    const came = next(ann, 'pusher:member_added');
    const went = next(ann, 'pusher:member_removed');

    const first = app.client('bob');
    const second = app.client('bob');
    await subscribed(first.subscribe(ann.name));
    await subscribed(second.subscribe(ann.name));

    assert.deepEqual(await came, { id: 'bob', info: { name: 'bob' } });
    first.disconnect();
    second.unsubscribe(ann.name);
    assert.equal((await went).id, 'bob');
    assert.equal(added.length, 1);
    assert.equal(ann.members.count, 1);
  });

  test('client events reach the others with the user who sent them', async () => {
    const name = app.name('presence-');
    const ann = app.client('ann').subscribe(name);
    const bob = app.client('bob').subscribe(name);
    await subscribed(ann);
    await subscribed(bob);
    const own = all(ann, 'client-typing');
    const metadata = new Promise((resolve) => bob.bind('client-typing', (data, meta) => resolve({ data, meta })));

    ann.trigger('client-typing', { text: 'he' });

    assert.deepEqual(await metadata, { data: { text: 'he' }, meta: { user_id: 'ann' } });
    const marker = next(ann, 'marker');
    await app.backend.trigger(name, 'marker', {});
    await marker;
    assert.deepEqual(own, []);
  });

  test('the eleventh client event in a second is answered with 4301', async () => {
    const client = app.client();
    const channel = client.subscribe(app.name('private-'));
    await subscribed(channel);
    const error = next(client.connection, 'error');

    for (let i = 1; i <= 11; i += 1) {
      channel.trigger('client-n', { i });
    }

    assert.equal((await error).data.code, 4301);
    assert.equal(client.connection.state, 'connected');
  });

  test('a signed-in user gets messages of its own and is closed for good by terminate', async () => {
    const client = app.client('cid');
    client.signin();
    await client.user.signinDonePromise;
    await subscribed(client.user.serverToUserChannel);
    const hint = next(client.user, 'hint');

    await app.backend.sendToUser('cid', 'hint', { text: 'for you' });
    assert.deepEqual(await hint, { text: 'for you' });
    const closed = next(client.connection, 'disconnected');
    await app.backend.terminateUserConnections('cid');

    await closed;
  });

  test('a watchlist tells who is online and who is offline', async () => {
    const watcher = app.client('watcher', {}, ['dora']);
    const online = next(watcher.user.watchlist, 'online');
    const offline = next(watcher.user.watchlist, 'offline');
    watcher.signin();
    await state(watcher, 'connected');
    await watcher.user.signinDonePromise;

    const dora = app.client('dora');
    dora.signin();
    assert.deepEqual((await online).user_ids, ['dora']);
    dora.disconnect();

    assert.deepEqual((await offline).user_ids, ['dora']);
  });

  test('subscribers hear how many they are', async () => {
    const first = app.client().subscribe(app.name());
    await subscribed(first);
    const two = new Promise((resolve) => {
      first.bind('pusher:subscription_count', ({ subscription_count: count }) => count === 2 && resolve());
    });

    await subscribed(app.client().subscribe(first.name));

    await two;
    assert.equal(first.subscriptionCount, 2);
  });

  test('who unsubscribed hears nothing more', async () => {
    const client = app.client();
    const left = client.subscribe(app.name());
    const kept = client.subscribe(app.name());
    await subscribed(left);
    await subscribed(kept);
    const missed = all(left, 'greeting');

    client.unsubscribe(left.name);
    const marker = next(kept, 'marker');
    await app.backend.get({ path: '/channels' });
    await app.backend.trigger([left.name], 'greeting', {});
    await app.backend.trigger([kept.name], 'marker', {});

    await marker;
    assert.deepEqual(missed, []);
  });

  test('an unknown key ends the attempts with 4001', async () => {
    const client = app.client('ann', { key: 'no-such-key' });

    const error = await next(client.connection, 'error');
    await state(client, 'disconnected');

    assert.equal(error.error.data.code, 4001);
  });

  test('a server that stops makes clients reconnect and subscribe again', async () => {
    const own = new App(1099);
    const other = await Server.start([own.bootstrap]);
    try {
      own.on(other);
      const client = own.client();
      const channel = client.subscribe(own.name('private-'));
      await subscribed(channel);
      const left = next(client.connection, 'connecting');
      await other.stop();
      await left;

      const again = next(channel, 'pusher:subscription_succeeded', retryMillisMax);
      await other.restart();
      await again;
      const arrived = next(channel, 'greeting');
      await own.backend.trigger(channel.name, 'greeting', { text: 'again' });

      assert.deepEqual(await arrived, { text: 'again' });
    } finally {
      own.disconnect();
      await other.remove();
    }
  });
});
