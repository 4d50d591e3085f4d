import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { resumable } from '../../../sdk-js/dist/pusher/index.js';
import { App } from '../harness/app.js';
import { token } from '../harness/native.js';
import { surroundings } from '../harness/surroundings.js';
import { all, next, state, subscribed, within } from '../harness/wait.js';

const app = new App(1306);
const cuts = 50;
/** Published around each of them: some before, some while nobody is connected, some after. */
const burst = 25;
/** pusher-js comes back a second after a loss. */
const cutsMillisMax = 240_000;
const around = surroundings(app);

/** pusher-js as it is, through the network that breaks, and what the shim tells. */
function client(user = 'ann', options = {}) {
  const port = Number(new URL(around.proxy.url).port);
  const pusher = app.client(user, { wsPort: port, httpPort: port, ...options });
  const shim = resumable(pusher, { history: { url: around.server.url, getToken: () => token(app) } });
  const gaps = [];
  shim.onGap((gap) => gaps.push(gap));
  return { pusher, shim, gaps };
}

/** Until so many have come. */
async function arrived(channel, seen, count) {
  while (seen.length < count) await next(channel, 'n', 30_000);
}

async function lost(pusher) {
  const left = next(pusher.connection, 'connecting');
  around.proxy.cut();
  await left;
}

/** So many numbers to each channel, one after the other. */
async function publish(channels, from, count) {
  for (const i of numbers(count)) {
    for (const { name } of channels) await app.backend.trigger(name, 'n', from + i);
  }
}

const numbers = (count) => Array.from({ length: count }, (_, i) => i + 1);

describe('pusher-js with @carillon/client/pusher', () => {
  test(`nothing is lost, doubled or reordered while the connection breaks ${cuts} times`, { timeout: cutsMillisMax }, async () => {
    const { pusher, gaps } = client();
    const plain = app.client('bob').subscribe(app.name());
    const channels = [plain.name, ...['private-', 'presence-', 'private-encrypted-'].map((prefix) => app.name(prefix))].map((name) =>
      pusher.subscribe(name),
    );
    await Promise.all([plain, ...channels].map(subscribed));
    const seen = channels.map((channel) => all(channel, 'n'));
    const others = all(plain, 'n');
    for (let i = 0; i < cuts; i += 1) {
      const publishing = publish(channels, i * burst, burst);
      await state(pusher, 'connected');
      await next(channels[i % channels.length], 'n', 30_000);
      await lost(pusher);
      await publishing;
    }
    const published = numbers(cuts * burst);
    for (const [i, channel] of channels.entries()) {
      await within(`all of ${channel.name}`, arrived(channel, seen[i], published.length), 60_000);
      assert.deepEqual(seen[i], published, channel.name);
    }
    assert.deepEqual(others, published);
    assert.deepEqual(gaps, []);
  });

  test('what was missed comes to every kind of handler, once, and one does not get what one sent', async () => {
    const { pusher } = client();
    const channel = pusher.subscribe(app.name('presence-'));
    const other = app.client('bob').subscribe(channel.name);
    await Promise.all([channel, other].map(subscribed));
    const bound = all(channel, 'client-n');
    const global = [];
    pusher.bind_global((event, data) => event === 'client-n' && global.push(data));
    const metadata = [];
    channel.bind('client-n', (_, meta) => metadata.push(meta));

    channel.trigger('client-n', 'own');
    await next(other, 'client-n');
    await lost(pusher);
    other.trigger('client-n', { text: 'missed' });
    await subscribed(channel);
    other.trigger('client-n', { text: 'live' });
    while (bound.length < 2) await next(channel, 'client-n');

    assert.deepEqual(bound, [{ text: 'missed' }, { text: 'live' }]);
    assert.deepEqual(global, bound);
    assert.deepEqual(metadata, [{ user_id: 'bob' }, { user_id: 'bob' }]);
  });

  test('more than is given at once is asked for until it is there', async () => {
    const { pusher, gaps } = client();
    const channel = pusher.subscribe(app.name());
    await subscribed(channel);
    const seen = all(channel, 'n');
    const text = 'x'.repeat(9_000);
    around.proxy.setDown(true);
    for (const i of numbers(60)) await app.backend.trigger(channel.name, 'n', { i, text });
    around.proxy.setDown(false);
    await within('all of them', arrived(channel, seen, 60), 60_000);
    assert.deepEqual(seen.map(({ i }) => i), numbers(60));
    assert.deepEqual(gaps, []);
  });

  test('what is not kept any more is told as a gap', async () => {
    const { pusher, gaps } = client();
    const channel = pusher.subscribe(app.name());
    await subscribed(channel);
    const seen = all(channel, 'n');
    await app.backend.trigger(channel.name, 'n', 0);
    await arrived(channel, seen, 1);
    around.proxy.setDown(true);
    for (let i = 0; i < 130; i += 1) {
      await app.backend.triggerBatch(numbers(10).map(() => ({ channel: channel.name, name: 'n', data: 'missed' })));
    }
    around.proxy.setDown(false);
    await next(channel, 'pusher:subscription_succeeded', 60_000);
    const arrives = next(channel, 'n');
    await app.backend.trigger(channel.name, 'n', 'live');
    assert.equal(await arrives, 'live');
    assert.deepEqual(seen, [0, 'live']);
    assert.equal(gaps.length, 1);
    const [{ from, to, ...rest }] = gaps;
    assert.deepEqual([from.offset, to.offset], [1, 1_301]);
    assert.ok(['expired', 'too-far'].includes(rest.reason), rest.reason);
    assert.equal(rest.channel, channel.name);
  });

  test('history joins what is live', async () => {
    const { pusher, shim } = client();
    const name = app.name();
    for (const i of [1, 2, 3]) await app.backend.trigger(name, 'n', { i });
    const channel = pusher.subscribe(name);
    await subscribed(channel);
    const arrives = next(channel, 'n');
    await app.backend.trigger(name, 'n', { i: 4 });
    assert.deepEqual(await arrives, { i: 4 });
    const read = [];
    for await (const { items } of shim.history(name, { limit: 2 })) read.push(...items.map(({ event, data }) => [event, data.i]));
    assert.deepEqual(read, [['n', 3], ['n', 2], ['n', 1]]);
  });

  test('a cache channel gives its event to whoever is new, and not again to whoever goes on', async () => {
    const { pusher } = client();
    const name = app.name('cache-');
    await app.backend.trigger(name, 'n', 1);
    const channel = pusher.subscribe(name);
    const seen = all(channel, 'n');
    const misses = all(channel, 'pusher:cache_miss');
    await subscribed(channel);
    await arrived(channel, seen, 1);
    await lost(pusher);
    await app.backend.trigger(name, 'n', 2);
    await subscribed(channel);
    await arrived(channel, seen, 2);
    await app.backend.trigger(name, 'n', 3);
    await arrived(channel, seen, 3);
    assert.deepEqual(seen, [1, 2, 3]);
    assert.deepEqual(misses, []);
  });
});
