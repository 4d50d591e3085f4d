import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { App } from '../harness/app.js';
import { launch, Site } from '../harness/browser.js';
import { Clients, token } from '../harness/native.js';
import { Proxy } from '../harness/proxy.js';
import { Server } from '../harness/server.js';

const app = new App(1304);
const clients = new Clients(app);
const millisMax = 30_000;
let server;
let proxy;
let site;
let browser;
let context;

before(async () => {
  server = await Server.start([app.bootstrap]);
  app.on(server);
  proxy = await Proxy.start(server.port);
  site = await Site.start();
  browser = await launch();
});
afterEach(async () => {
  clients.close();
  await context?.close();
  proxy.setDown(false);
  proxy.setSockets(true);
});
after(async () => {
  await browser?.close();
  await site?.stop();
  await proxy?.stop();
  await server.remove();
});

/** Joins the channel, and writes what happens into `window.seen`, `window.gaps` and `window.states`. */
async function join([url, jwt, name]) {
  const { Carillon } = await import('/sdk/index.js');
  Object.assign(window, { seen: [], gaps: [], states: [] });
  window.rt = new Carillon(url, { getToken: () => jwt });
  window.rt.on('state', ({ state }) => window.states.push(state));
  window.room = window.rt.channel(name);
  window.room.on('gap', (gap) => window.gaps.push(gap));
  await window.room.on('n', ({ data }) => window.seen.push(data)).ready;
}

/** A page of another origin that has joined the channel, the ways that it took, and a publisher elsewhere. */
async function joined(name) {
  context = await browser.newContext();
  const page = await context.newPage();
  const ways = { sockets: 0, streams: 0 };
  page.on('websocket', () => (ways.sockets += 1));
  page.on('response', (response) => {
    if (response.ok() && new URL(response.url()).pathname === '/v1/sse') ways.streams += 1;
  });
  await page.goto(site.url);
  await page.evaluate(join, [proxy.url, token(app), name]);
  const publisher = clients.client(server.url, { sub: 'bob' }).channel(name);
  return { page, ways, publisher };
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
    assert.deepEqual(ways, { sockets: 1, streams: 0 });
  });

  test('where no WebSocket passes it loads its fallback, and goes on by a stream', async () => {
    proxy.setSockets(false);
    const { page, ways, publisher } = await joined(app.name());
    await publisher.publish('n', 1);
    await page.evaluate(() => window.room.publish('n', 2));
    assert.deepEqual(await seen(page, 2), [1, 2]);
    assert.ok(ways.sockets >= 2 && ways.streams === 1, JSON.stringify(ways));
    proxy.cut();
    await publisher.publish('n', 3);
    assert.deepEqual(await seen(page, 3), [1, 2, 3]);
  });

  test('a page that was offline goes on where it was when it is online again', async () => {
    const { page, publisher } = await joined(app.name());
    await publisher.publish('n', 1);
    await seen(page, 1);
    proxy.setDown(true);
    await context.setOffline(true);
    await page.waitForFunction(() => window.rt.state.state === 'waiting' && window.rt.state.attempt >= 2, undefined, { timeout: millisMax });
    assert.equal(await page.evaluate(() => window.rt.online), false);
    for (let i = 2; i <= 5; i += 1) await publisher.publish('n', i);
    const own = page.evaluate(() => window.room.publish('n', 6));
    proxy.setDown(false);
    await context.setOffline(false);
    assert.equal((await own).duplicate, false);
    assert.deepEqual(await seen(page, 6), [1, 2, 3, 4, 5, 6]);
  });
});
