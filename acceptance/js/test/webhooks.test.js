import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, afterEach, before, describe, test } from 'node:test';
import { verifyWebhook } from '../../../sdk-js/dist/server/index.js';
import { App } from '../harness/app.js';
import { Receiver } from '../harness/receiver.js';
import { Server } from '../harness/server.js';
import { Tenant } from '../harness/tenant.js';
import { state, subscribed } from '../harness/wait.js';

const settings = {
  CARILLON_DEMO_APP: 'false',
  CARILLON_WEBHOOKS_ALLOWED_NETWORKS: '127.0.0.0/8',
  CARILLON_WEBHOOKS_FIRST_RETRY_MILLIS: '40',
  CARILLON_WEBHOOKS_HOLD_MILLIS: '1000',
};
const everything = ['channel_occupied', 'channel_vacated', 'member_added', 'member_removed', 'client_event', 'cache_miss'];
let server;
let receiver;
let tenant;
let apps = [];

before(async () => {
  server = await Server.start([], settings);
  receiver = await Receiver.start();
  tenant = await Tenant.signedUp(server, 'owner@acme.example');
});
afterEach(() => {
  apps.splice(0).forEach((app) => app.disconnect());
  receiver.up = true;
  receiver.calls = [];
  receiver.refused = 0;
});
after(async () => {
  await server?.remove();
  await receiver?.stop();
});

/** An application of the tenant's, whose clients may send events. */
async function newApp() {
  const { id } = await tenant.call('POST', `${tenant.path}/apps`, { name: 'Chat' });
  const path = `${tenant.path}/apps/${id}`;
  await tenant.call('PATCH', path, { clientEvents: true });
  const { key, secret } = await tenant.call('POST', `${path}/keys`, { label: 'backend' });
  const app = new App(id);
  app.key = key.id;
  app.secret = secret;
  app.path = path;
  apps.push(app);
  return app.on(server);
}

/** A webhook that every node knows. */
async function newWebhook(app, path, format, more = {}) {
  const wanted = { url: receiver.url + path, format, types: everything, ...more };
  const made = await tenant.call('POST', `${app.path}/webhooks`, wanted);
  await new Promise((resolve) => setTimeout(resolve, 1_200)); // nothing tells when a node has heard of it
  return { ...made.webhook, secret: made.secret, path: `${app.path}/webhooks/${made.webhook.id}` };
}

/** What the tenant sees of it. */
const pageOf = (hook, what) => tenant.call('GET', `${hook.path}/${what}`);

async function listed(app, hook) {
  const { webhooks } = await tenant.call('GET', `${app.path}/webhooks`);
  return webhooks.find(({ id }) => id === hook.id);
}

async function eventually(what, probe, millis = 30_000) {
  const late = Date.now() + millis;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > late) throw new Error(`no ${what} within ${millis} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** As the libraries of Standard Webhooks check a call. */
function isStandard({ headers, body }, secret) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

const names = (path) => receiver.events(path).map(({ name, type }) => name ?? type);

describe('webhooks in Pusher’s format', () => {
  test('its own library and ours believe them, and each event has its fields', async () => {
    const app = await newApp();
    const hook = await newWebhook(app, '/pusher', 'pusher');
    const ann = app.client('ann');
    const room = ann.subscribe(app.name('presence-'));
    await subscribed(room);
    const other = app.client('bob').subscribe(room.name);
    await subscribed(other);
    room.trigger('client-typing', { on: true });
    const cached = ann.subscribe(app.name('cache-'));
    await subscribed(cached);
    await receiver.until('first events', () => receiver.events('/pusher').length >= 6);
    const socketId = ann.connection.socket_id;
    app.disconnect();
    await receiver.until('last events', () => receiver.events('/pusher').length >= 10);

    for (const call of receiver.calls) {
      const webhook = app.backend.webhook({ headers: call.headers, rawBody: call.body });
      assert.ok(webhook.isValid(), JSON.stringify(call.headers));
      assert.ok(Math.abs(webhook.getTime() - Date.now()) < 60_000);
      assert.equal(webhook.getEvents().length, 1);
      assert.equal(await verifyWebhook(app.secret, call.body, call.headers['x-pusher-signature']), true);
    }
    const events = receiver.events('/pusher');
    const of = (name) => events.filter((event) => event.name === name);
    assert.deepEqual(new Set(of('channel_occupied').map(({ channel }) => channel)), new Set([room.name, cached.name]));
    assert.deepEqual(new Set(of('channel_vacated').map(({ channel }) => channel)), new Set([room.name, cached.name]));
    assert.deepEqual(new Set(of('member_added').map(({ user_id }) => user_id)), new Set(['ann', 'bob']));
    assert.deepEqual(new Set(of('member_removed').map(({ user_id }) => user_id)), new Set(['ann', 'bob']));
    assert.deepEqual(of('cache_miss'), [{ name: 'cache_miss', channel: cached.name }]);
    assert.deepEqual(of('client_event'), [
      { name: 'client_event', channel: room.name, event: 'client-typing', data: '{"on":true}', socket_id: socketId, user_id: 'ann' },
    ]);
    assert.equal(events.length, 10);
    assert.equal((await listed(app, hook)).waiting, 0);
  });

  test('a quick reconnect is silent, and the prefix and the types choose', async () => {
    const app = await newApp();
    await newWebhook(app, '/few', 'pusher', { types: ['channel_occupied', 'channel_vacated'], channelPrefix: 'room-' });
    const client = app.client();
    const name = app.name('room-');
    await subscribed(client.subscribe(name));
    await subscribed(client.subscribe(app.name('other-')));
    await receiver.until('the beginning', () => names('/few').length === 1);
    client.unsubscribe(name);
    await subscribed(client.subscribe(name));
    const marker = app.name('room-');
    await subscribed(client.subscribe(marker));
    client.unsubscribe(marker);
    await receiver.until('the marker’s end', () => names('/few').length === 3);

    assert.deepEqual(
      receiver.events('/few').map(({ name: type, channel }) => [type, channel]),
      [
        ['channel_occupied', name],
        ['channel_occupied', marker],
        ['channel_vacated', marker],
      ],
    );
  });
});

describe('numbers and secrets', () => {
  test('subscription_count tells how many there are', async () => {
    const app = await newApp();
    await newWebhook(app, '/counts', 'pusher', { types: ['subscription_count'] });
    const name = app.name('room-');
    const [ann, bob] = [app.client(), app.client()];
    await subscribed(ann.subscribe(name));
    await receiver.until('one', () => receiver.events('/counts').at(-1)?.subscription_count === 1);
    await subscribed(bob.subscribe(name));
    await receiver.until('two', () => receiver.events('/counts').at(-1)?.subscription_count === 2);
    ann.unsubscribe(name);
    await receiver.until('one again', () => receiver.events('/counts').at(-1)?.subscription_count === 1);

    assert.deepEqual(Object.keys(receiver.events('/counts')[0]), ['name', 'channel', 'subscription_count']);
    assert.ok(receiver.events('/counts').every((event) => event.name === 'subscription_count' && event.channel === name));
  });

  test('a changed secret and the former one both sign for a while', async () => {
    const app = await newApp();
    const hook = await newWebhook(app, '/rotated', 'carillon', { types: ['message_published'] });
    const changed = await tenant.call('POST', `${hook.path}/secret`, { formerHours: 1 });
    assert.ok(new Date(changed.webhook.formerSecretUntil) > Date.now());
    assert.notEqual(changed.secret, hook.secret);
    const signedWith = async (...secrets) => {
      receiver.calls = [];
      await app.backend.trigger('room', 'news', {});
      await receiver.until('a call', () => receiver.calls.length === 1);
      const [call] = receiver.calls;
      const signatures = call.headers['webhook-signature'].split(' ');
      return signatures.length === secrets.length && secrets.every((secret, i) => isStandard({ ...call, headers: { ...call.headers, 'webhook-signature': signatures[i] } }, secret));
    };
    await eventually('both signatures', () => signedWith(changed.secret, hook.secret));
    const { secret } = await tenant.call('POST', `${hook.path}/secret`, { formerHours: 0 });
    await eventually('one signature', () => signedWith(secret));
    const problem = await tenant.call('POST', `${hook.path}/secret`, { formerHours: 200 }, 400);
    assert.equal(problem.pointer, '/formerHours');
  });
});

describe('an endpoint that is down', () => {
  test('has everything in sequence, once by its id, also when the server was killed in between', async () => {
    const app = await newApp();
    receiver.up = false;
    const hook = await newWebhook(app, '/native', 'carillon');
    const ann = app.client('ann');
    const bob = app.client('bob');
    const room = ann.subscribe(app.name('presence-'));
    await subscribed(room);
    await subscribed(bob.subscribe(room.name));
    const lonely = bob.subscribe(app.name('private-'));
    await subscribed(lonely);
    for (let i = 0; i < 8; i += 1) room.trigger('client-number', { i });
    await eventually('12 events that wait', async () => (await listed(app, hook)).waiting === 12);
    await eventually('failures', async () => (await listed(app, hook)).failures >= 6);

    await server.kill();
    bob.disconnect();
    await server.run({ CARILLON_PORT: String(server.port), ...settings });
    ann.disconnect(); // it would wait for longer than the server does before it compares
    ann.connect();
    await state(ann, 'connected');
    await eventually('more attempts', async () => receiver.refused > 8);
    assert.deepEqual(receiver.calls, []);
    receiver.up = true;
    await receiver.until('the ends of who was killed', () => names('/native').includes('member_removed') && names('/native').includes('channel_vacated'));
    await eventually('nothing that waits', async () => (await listed(app, hook)).waiting === 0);

    const events = receiver.events('/native');
    assert.equal(new Set(events.map(({ id }) => id)).size, events.length, 'once by their ids');
    for (const channel of [room.name, lonely.name]) {
      const sequences = events.filter((event) => event.channel === channel).map(({ sequence }) => sequence);
      assert.deepEqual(sequences, sequences.map((_, i) => i + 1), `${channel} in its order, without a hole`);
    }
    assert.deepEqual(
      events.filter(({ type }) => type === 'client_event').map(({ data }) => JSON.parse(data).i),
      [0, 1, 2, 3, 4, 5, 6, 7],
    );
    const ends = events.filter(({ type }) => type === 'member_removed' || type === 'channel_vacated');
    assert.deepEqual(
      ends.map(({ type, channel, userId }) => [type, channel, userId]).sort(),
      [
        ['channel_vacated', lonely.name, undefined],
        ['member_removed', room.name, 'bob'],
      ],
      'who came back in time was never away, and the others left once',
    );
    for (const call of receiver.calls.filter(({ path }) => path === '/native')) assert.ok(isStandard(call, hook.secret));

    const { attempts } = await pageOf(hook, 'attempts?limit=200');
    const failed = attempts.filter(({ accepted }) => !accepted);
    assert.ok(failed.length >= 6, `${failed.length} failures`);
    assert.ok(failed.every(({ status, reply, latency }) => status === 503 && reply === 'down for a while' && latency >= 0));
    assert.equal(attempts.filter(({ accepted }) => accepted).length, events.length);
    assert.ok(attempts.some(({ attempt }) => attempt > 1));

    const { events: kept } = await pageOf(hook, 'events?state=delivered&limit=200');
    const again = kept.filter(({ type }) => type === 'client_event').sort((one, other) => one.number - other.number);
    const range = { first: again[2].number, last: again[2].number };
    receiver.calls = [];
    assert.deepEqual(await tenant.call('POST', `${hook.path}/replays`, range), { events: 1 });
    await receiver.until('one replay', () => receiver.events('/native').length === 1);
    assert.equal(receiver.events('/native')[0].id, again[2].id);
    assert.equal(receiver.events('/native')[0].sequence, again[2].sequence);
    receiver.calls = [];
    const all = await tenant.call('POST', `${hook.path}/replays`, { first: again[0].number, last: again[7].number });
    await receiver.until('a range', () => receiver.events('/native').length === all.events);
    assert.deepEqual(
      receiver.events('/native').filter(({ type }) => type === 'client_event').map(({ id }) => id),
      again.map(({ id }) => id),
    );
  });

  test('is paused, called for a test, batched, and removed', async () => {
    const app = await newApp();
    const hook = await newWebhook(app, '/batch', 'carillon', { batched: true, paused: true, types: ['message_published'] });
    for (let i = 0; i < 30; i += 1) await app.backend.trigger(`room-${i % 3}`, 'news', { i });
    await eventually('events that wait', async () => (await listed(app, hook)).waiting === 30);
    const result = await tenant.call('POST', `${hook.path}/test`);
    assert.deepEqual([result.status, result.accepted, result.reply, result.attempt], [200, true, 'taken', 0]);
    assert.deepEqual(names('/batch'), ['test']);

    receiver.calls = [];
    await tenant.call('PATCH', hook.path, { paused: false });
    await receiver.until('everything', () => receiver.events('/batch').length === 30);

    assert.ok(receiver.calls.length <= 5, `${receiver.calls.length} calls`);
    for (let room = 0; room < 3; room += 1) {
      const those = receiver.events('/batch').filter(({ channel }) => channel === `room-${room}`);
      assert.deepEqual(those.map(({ sequence }) => sequence), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      assert.deepEqual(those.map(({ data }) => JSON.parse(data).i % 3), Array(10).fill(room));
    }
    await tenant.call('DELETE', hook.path);
    await tenant.call('GET', `${hook.path}/events`, undefined, 404);
  });
});

describe('what may not be called', () => {
  test('private and metadata addresses are refused when they are called, whatever names them', async () => {
    const app = await newApp();
    for (const url of ['http://10.0.0.1/', 'http://169.254.169.254/latest/meta-data/', 'http://[::1]:1/', 'http://[::ffff:10.0.0.1]/']) {
      const { webhook } = await tenant.call('POST', `${app.path}/webhooks`, { url, types: ['client_event'], paused: true });
      const result = await tenant.call('POST', `${app.path}/webhooks/${webhook.id}/test`);
      assert.equal(result.accepted, false);
      assert.match(result.reply, /is not public/, url);
    }
  });

  test('what is no address, type or format is refused at its field', async () => {
    const app = await newApp();
    const url = 'https://example.com/';
    const types = ['client_event'];
    for (const [pointer, body] of [
      ['/url', { url: 'ftp://example.com/', types }],
      ['/url', { url: 'https://user:secret@example.com/', types }],
      ['/url', { types }],
      ['/types', { url, types: [] }],
      ['/types', { url, types: ['message_published'] }],
      ['/types', { url, types: ['test'] }],
      ['/format', { url, types, format: 'xml' }],
      ['/channelPrefix', { url, types, channelPrefix: 'x'.repeat(200) }],
      ['/paused', { url, types, paused: 'yes' }],
    ]) {
      const problem = await tenant.call('POST', `${app.path}/webhooks`, body, 400);
      assert.equal(problem.pointer, pointer, JSON.stringify(body));
    }
  });
});
