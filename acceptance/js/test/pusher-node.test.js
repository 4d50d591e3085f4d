import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import Backend from 'pusher';
import { App } from '../harness/app.js';
import { Server } from '../harness/server.js';
import { all, next, subscribed } from '../harness/wait.js';

const app = new App(2001);
const tooLarge = /The data content of this event exceeds the allowed maximum \(10240 bytes\)/;
let server;

before(async () => {
  server = await Server.start([app.bootstrap]);
  app.on(server);
});
afterEach(() => app.disconnect());
after(() => server.remove());

const json = async (response) => (await response).json();
const get = (path, params) => json(app.backend.get({ path, params }));

describe('pusher for Node', () => {
  test('trigger reaches up to 100 channels and leaves out a socket', async () => {
    const client = app.client();
    const channel = client.subscribe(app.name());
    const other = app.client().subscribe(channel.name);
    await subscribed(channel);
    await subscribed(other);
    const excluded = all(channel, 'greeting');
    const arrived = next(other, 'greeting');
    const channels = [channel.name, ...Array.from({ length: 99 }, () => app.name())];

    const response = await app.backend.trigger(channels, 'greeting', 'hello', {
      socket_id: client.connection.socket_id,
    });
    assert.equal(await response.text(), '{}');
    assert.equal(await arrived, 'hello');
    const marker = next(channel, 'marker');
    await app.backend.trigger(channel.name, 'marker', {});
    await marker;
    assert.deepEqual(excluded, []);
  });

  test('trigger answers the attributes that it is asked for', async () => {
    const channel = app.client().subscribe(app.name());
    await subscribed(channel);

    const answer = await json(app.backend.trigger(channel.name, 'greeting', {}, { info: 'subscription_count' }));

    assert.deepEqual(answer, { channels: { [channel.name]: { subscription_count: 1 } } });
  });

  test('an event too large is refused with 413 and the documented text', async () => {
    await assert.rejects(app.backend.trigger(app.name(), 'large', 'd'.repeat(10_241)), (error) => {
      assert.equal(error.status, 413);
      assert.match(error.body, tooLarge);
      return true;
    });
    await app.backend.trigger(app.name(), 'large', 'd'.repeat(10_240));
  });

  test('a batch of 10 is delivered in order, and one of 11 is refused', async () => {
    const channel = app.client().subscribe(app.name());
    await subscribed(channel);
    const arrived = all(channel, 'n');
    const last = next(channel, 'last');
    const batch = Array.from({ length: 9 }, (_, i) => ({ name: 'n', channel: channel.name, data: { i } }));
    const end = { name: 'last', channel: channel.name, data: {} };

    await assert.rejects(app.backend.triggerBatch([...batch, end, end]), { status: 400 });
    await app.backend.triggerBatch([...batch, end]);

    await last;
    assert.deepEqual(arrived, Array.from({ length: 9 }, (_, i) => ({ i })));
  });

  test('channels and members are queried', async () => {
    const name = app.name('presence-');
    await subscribed(app.client('ann').subscribe(name));
    await subscribed(app.client('bob').subscribe(name));

    assert.deepEqual(await get('/channels', { filter_by_prefix: 'presence-', info: 'user_count' }), {
      channels: { [name]: { user_count: 2 } },
    });
    assert.deepEqual(await get(`/channels/${name}`, { info: 'user_count' }), { occupied: true, user_count: 2 });
    const { users } = await get(`/channels/${name}/users`);
    assert.deepEqual(users.map((user) => user.id).sort(), ['ann', 'bob']);
  });

  test('commas are sent plain by this library and understood', async () => {
    const name = app.name('cache-');
    await app.backend.trigger(name, 'greeting', { x: 1 });

    const answer = await get(`/channels/${name}`, { info: 'subscription_count,cache' });

    assert.equal(answer.cache.data, '{"x":1}');
  });

  test('a user is reached on every connection and terminated on every connection', async () => {
    const clients = [app.client('eve'), app.client('eve')];
    clients.forEach((client) => client.signin());
    await Promise.all(clients.map((client) => client.user.signinDonePromise));
    await Promise.all(clients.map((client) => subscribed(client.user.serverToUserChannel)));
    const hints = clients.map((client) => next(client.user, 'hint'));

    await app.backend.sendToUser('eve', 'hint', 'x');
    assert.deepEqual(await Promise.all(hints), ['x', 'x']);
    const closed = clients.map((client) => next(client.connection, 'disconnected'));
    await app.backend.terminateUserConnections('eve');

    await Promise.all(closed);
  });

  test('a backend that is built from a URL works', async () => {
    const url = `http://${app.key}:${app.secret}@localhost:${server.port}/apps/${app.id}`;

    const response = await Backend.forURL(url).get({ path: '/channels' });

    assert.equal(response.status, 200);
  });

  test('a wrong secret is refused with 401', async () => {
    const stranger = new Backend({
      appId: app.id,
      key: app.key,
      secret: 'wrong',
      host: 'localhost',
      port: String(server.port),
    });

    await assert.rejects(stranger.trigger(app.name(), 'greeting', {}), { status: 401 });
  });
});
