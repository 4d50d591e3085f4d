import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import Echo from 'laravel-echo';
import Pusher from 'pusher-js';
import { App } from '../harness/app.js';
import { Laravel } from '../harness/laravel.js';
import { Server } from '../harness/server.js';
import { within } from '../harness/wait.js';

const app = new App(3001);
const echoes = [];
let server;
let laravel;

before(async () => {
  server = await Server.start([app.bootstrap]);
  app.on(server);
  laravel = await Laravel.start(app);
});
afterEach(() => echoes.splice(0).forEach((echo) => echo.disconnect()));
after(async () => {
  await laravel.stop();
  await server.remove();
});

/** Echo as a Laravel application sets it up, for the user with this id. */
function echoOf(userId) {
  const echo = new Echo({
    ...app.place,
    broadcaster: 'pusher',
    Pusher,
    key: app.key,
    authEndpoint: `${laravel.url}/broadcasting/auth`,
    userAuthentication: {
      endpoint: `${laravel.url}/broadcasting/user-auth`,
      headers: { Authorization: `Bearer ${userId}` },
    },
    bearerToken: String(userId),
  });
  echoes.push(echo);
  return echo;
}

const once = (what, listen) => within(what, new Promise(listen));
const subscribed = (channel) => once('subscription', (resolve) => channel.subscribed(resolve));

describe('laravel-echo', () => {
  test('a channel delivers a broadcast event', async () => {
    const channel = echoOf(1).channel(app.name());
    const arrived = once('event', (resolve) => channel.listen('OrderShipped', resolve));
    await subscribed(channel);

    await app.backend.trigger(channel.name, 'App\\Events\\OrderShipped', { order: 7 });

    assert.deepEqual(await arrived, { order: 7 });
  });

  test('a private channel delivers events, and whispers to the others', async () => {
    const name = app.name();
    const one = echoOf(1).private(name);
    const two = echoOf(2).private(name);
    await Promise.all([subscribed(one), subscribed(two)]);
    const arrived = once('event', (resolve) => one.listen('.renamed', resolve));
    const whispered = once('whisper', (resolve) => two.listenForWhisper('typing', resolve));

    await app.backend.trigger(`private-${name}`, 'renamed', { to: 'b' });
    one.whisper('typing', { name: 'one' });

    assert.deepEqual(await arrived, { to: 'b' });
    assert.deepEqual(await whispered, { name: 'one' });
  });

  test('an encrypted private channel delivers events', async () => {
    const name = app.name();
    const channel = echoOf(1).encryptedPrivate(name);
    await subscribed(channel);
    const arrived = once('event', (resolve) => channel.listen('.secret', resolve));

    await app.backend.trigger(`private-encrypted-${name}`, 'secret', { x: 1 });

    assert.deepEqual(await arrived, { x: 1 });
  });

  test('a session: here, joining, leaving and leave, with numeric user ids', async () => {
    const name = app.name();
    const first = echoOf(1);
    const room = first.join(name);
    const here = once('here', (resolve) => room.here(resolve));
    const joining = once('joining', (resolve) => room.joining(resolve));
    const leaving = once('leaving', (resolve) => room.leaving(resolve));
    assert.deepEqual(await here, [{ id: 1 }]);

    const second = echoOf(2);
    const hereAsWell = await once('here', (resolve) => second.join(name).here(resolve));
    assert.deepEqual(hereAsWell, [{ id: 1 }, { id: 2 }]);
    assert.deepEqual(await joining, { id: 2 });
    second.leave(name);

    assert.deepEqual(await leaving, { id: 2 });
    const { users } = await (await app.backend.get({ path: `/channels/presence-${name}/users` })).json();
    assert.deepEqual(users, [{ id: '1' }]);
  });

  test('a refused channel is told to its error callback', async () => {
    const channel = echoOf(1).private('forbidden');

    const error = await once('error', (resolve) => channel.error(resolve));

    assert.equal(error.status, 403);
  });

  test('whoever sent it is left out by its socket id', async () => {
    const name = app.name();
    const sender = echoOf(1);
    const own = [];
    const ownChannel = sender.channel(name).listen('.a', (data) => own.push(data));
    const other = echoOf(2).channel(name);
    await Promise.all([subscribed(ownChannel), subscribed(other)]);
    const arrived = once('event', (resolve) => other.listen('.a', resolve));
    const marker = once('marker', (resolve) => ownChannel.listen('.marker', resolve));

    await app.backend.trigger(name, 'a', {}, { socket_id: sender.socketId() });
    await app.backend.trigger(name, 'marker', {});

    await arrived;
    await marker;
    assert.deepEqual(own, []);
  });
});
