import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { App } from '../harness/app.js';
import { token } from '../harness/native.js';
import { surroundings } from '../harness/surroundings.js';
import { Tab } from '../harness/tab.js';

const app = new App(1304);
const millisMax = 30_000;
/** After twice as long without a word from a client, the server closes its connection. */
const heartbeatSeconds = 2;
const frozenMillis = 7_000;
const settings = { CARILLON_HEARTBEAT_ACTIVITY_TIMEOUT_SECONDS: String(heartbeatSeconds) };
const around = surroundings(app, { browser: true, settings });
let context;

afterEach(() => context?.close());

/** Joins the channel, and writes what happens into `window.seen`, `window.gaps` and `window.states`. */
async function join([url, jwt, name]) {
  const { Carillon } = await import('/sdk/index.js');
  Object.assign(window, { seen: [], gaps: [], states: [] });
  window.rt = new Carillon(url, { getToken: () => jwt });
  window.rt.on('state', ({ state }) => window.states.push(state));
  await window.rt.connect();
  window.room = window.rt.channel(name);
  window.room.on('gap', (gap) => window.gaps.push(gap));
  await window.room.on('n', ({ data }) => window.seen.push(data)).ready;
}

/**
 * A page of another origin that has joined the channel, the ways that it took, and a publisher elsewhere.
 *
 * @param blocked patterns of addresses that the browser refuses to ask
 */
async function joined(name, ...blocked) {
  context = await around.browser.newContext();
  const page = await context.newPage();
  const ways = { sockets: 0, streams: 0, polls: 0 };
  for (const pattern of blocked) await page.route(pattern, (route) => route.abort());
  page.on('websocket', () => (ways.sockets += 1));
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (response.ok() && pathname === '/v1/sse') ways.streams += 1;
    if (response.ok() && pathname === '/v1/poll') ways.polls += 1;
  });
  await page.goto(around.site.url);
  await page.evaluate(join, [around.proxy.url, token(app), name]);
  const publisher = around.clients.client(around.server.url, { sub: 'bob' }).channel(name);
  return { page, ways, publisher };
}

/** Until the page's connection is a WebSocket, or none. */
function byWebSocket(page, wanted) {
  const is = (socket) => window.rt.state.state === 'connected' && (window.rt.state.connection !== 'poll') === socket;
  return page.waitForFunction(is, wanted, { timeout: millisMax });
}

/** Notes how often the page was frozen, and for how long its timers stood still at most. */
function watchClock() {
  window.clock = { frozen: 0, stoodStill: 0 };
  document.addEventListener('freeze', () => (window.clock.frozen += 1));
  let last = Date.now();
  setInterval(() => {
    window.clock.stoodStill = Math.max(window.clock.stoodStill, Date.now() - last);
    last = Date.now();
  }, 50);
}

/** All that the functions above wrote. */
function told() {
  const { seen, gaps, states, clock } = window;
  return { seen, gaps, states, clock };
}

/** What the page has seen, once it has seen so much. */
async function seen(page, count) {
  await page.waitForFunction((wanted) => window.seen.length >= wanted, count, { timeout: millisMax });
  assert.deepEqual(await page.evaluate(() => window.gaps), []);
  return page.evaluate(() => window.seen);
}

describe('@carillon/client in a browser', () => {
  test('a page of another origin publishes, receives and reads the past', async () => {
    const { page, ways, publisher } = await joined(app.name());
    await publisher.publish('n', { text: 'grüezi' });
    await page.evaluate(() => window.room.publish('n', 2));
    assert.deepEqual(await seen(page, 2), [{ text: 'grüezi' }, 2]);
    const past = await page.evaluate(async () => (await window.room.history().next()).value.items.map(({ data }) => data));
    assert.deepEqual(past, [2, { text: 'grüezi' }]);
    assert.deepEqual(ways, { sockets: 1, streams: 0, polls: 0 });
  });

  test('where no WebSocket passes it loads its fallback, and goes on by a stream', async () => {
    around.proxy.setSockets(false);
    const { page, ways, publisher } = await joined(app.name());
    await publisher.publish('n', 1);
    await page.evaluate(() => window.room.publish('n', 2));
    assert.deepEqual(await seen(page, 2), [1, 2]);
    assert.ok(ways.sockets >= 2 && ways.streams === 1, JSON.stringify(ways));
    around.proxy.cut();
    await publisher.publish('n', 3);
    assert.deepEqual(await seen(page, 3), [1, 2, 3]);
  });

  test('where no stream passes either it polls; it takes a WebSocket as soon as one opens, and polls again without it', async () => {
    around.proxy.setSockets(false);
    const { page, ways, publisher } = await joined(app.name(), '**/v1/sse*');
    for (const n of [1, 2, 3]) await publisher.publish('n', n);
    assert.deepEqual(await seen(page, 3), [1, 2, 3]);
    assert.ok(ways.streams === 0 && ways.polls > 0, JSON.stringify(ways));
    assert.equal(await page.evaluate(() => window.room.publish('n', 0).catch(({ kind }) => kind)), 'unsupported');

    around.proxy.setSockets(true);
    await byWebSocket(page, true);
    await publisher.publish('n', 4);
    await page.evaluate(() => window.room.publish('n', 5));
    assert.deepEqual(await seen(page, 5), [1, 2, 3, 4, 5]);

    around.proxy.setSockets(false);
    around.proxy.cut();
    await publisher.publish('n', 6);
    await byWebSocket(page, false);
    await page.waitForFunction(() => window.room.state.state === 'live', undefined, { timeout: millisMax });
    await publisher.publish('n', 7);
    assert.deepEqual(await seen(page, 7), [1, 2, 3, 4, 5, 6, 7]);
  });

  test('a page in the background that is frozen for longer than the heartbeat goes on where it was', async () => {
    const name = app.name();
    const publisher = around.clients.client(around.server.url, { sub: 'bob' }).channel(name);
    const tab = (context = await Tab.open(around.browser, around.site.url));
    await tab.evaluate(join, [around.proxy.url, token(app), name]);
    await tab.evaluate(watchClock);
    await publisher.publish('n', 1);
    await tab.until(() => window.seen.length === 1);

    await tab.setFrozen(true);
    const thawed = Date.now() + frozenMillis;
    let published = 1;
    while (Date.now() < thawed) {
      await publisher.publish('n', (published += 1));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await tab.setFrozen(false);

    assert.equal(await tab.evaluate(async () => (await window.room.publish('n', 0)).duplicate), false);
    const all = [...Array.from({ length: published }, (_, i) => i + 1), 0];
    await tab.until((count) => window.seen.length >= count, all.length);
    const { seen, gaps, states, clock } = await tab.evaluate(told);
    assert.deepEqual([seen, gaps], [all, []]);
    assert.ok(clock.frozen === 1 && clock.stoodStill >= frozenMillis - 500, JSON.stringify(clock));
    // the server had given the connection up
    assert.deepEqual(states, ['connecting', 'connected', 'waiting', 'connecting', 'connected']);
  });

  test('a page that was offline goes on where it was when it is online again', async () => {
    const { page, publisher } = await joined(app.name());
    await publisher.publish('n', 1);
    await seen(page, 1);
    around.proxy.setDown(true);
    await context.setOffline(true);
    await page.waitForFunction(() => window.rt.state.state === 'waiting' && window.rt.state.attempt >= 2, undefined, { timeout: millisMax });
    assert.equal(await page.evaluate(() => window.rt.online), false);
    for (let i = 2; i <= 5; i += 1) await publisher.publish('n', i);
    const own = page.evaluate(() => window.room.publish('n', 6));
    around.proxy.setDown(false);
    await context.setOffline(false);
    assert.equal((await own).duplicate, false);
    assert.deepEqual(await seen(page, 6), [1, 2, 3, 4, 5, 6]);
  });
});
