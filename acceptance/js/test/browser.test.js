import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, afterEach, before, describe, test } from 'node:test';
import { App } from '../harness/app.js';
import { launch, Site } from '../harness/browser.js';
import { Server } from '../harness/server.js';
import { subscribed, within } from '../harness/wait.js';

const library = createRequire(import.meta.url).resolve('pusher-js/dist/web/pusher.js');
const app = new App(4001);
let server;
let site;
let browser;
let context;

before(async () => {
  server = await Server.start([app.bootstrap]);
  app.on(server);
  site = await Site.start();
  browser = await launch();
});
afterEach(async () => {
  app.disconnect();
  await context?.close();
});
after(async () => {
  await browser?.close();
  await site?.stop();
  await server.remove();
});

/** An empty page of another origin, with pusher-js and a log of what happens. */
async function page() {
  context = await browser.newContext();
  const opened = await context.newPage();
  await opened.goto(site.url);
  await opened.addScriptTag({ path: library });
  await opened.exposeFunction('authorize', (socketId, channel) => app.authorize(socketId, channel, 'browser'));
  return opened;
}

/** Connects by this transport alone and writes into `window.seen` what arrives on the channel. */
function connect([key, options, channelName]) {
  window.seen = [];
  window.pusher = new window.Pusher(key, {
    ...options,
    channelAuthorization: {
      customHandler: ({ socketId, channelName: name }, callback) =>
        window.authorize(socketId, name).then((answer) => callback(null, answer)),
    },
  });
  const channel = window.pusher.subscribe(channelName);
  channel.bind_global((event, data) => window.seen.push([event, data]));
}

const seen = (opened, event) =>
  opened.waitForFunction((name) => window.seen.find(([seenEvent]) => seenEvent === name)?.[1], event, { timeout: 10_000 });

describe('a browser', () => {
  for (const transport of ['ws', 'xhr_streaming', 'xhr_polling']) {
    test(`pusher-js by ${transport} alone sends and receives`, async () => {
      const opened = await page();
      const requests = [];
      opened.on('request', (request) => requests.push(new URL(request.url()).pathname));
      const name = app.name('private-');
      const other = app.client('node').subscribe(name);
      await subscribed(other);
      const typing = within('client event', new Promise((resolve) => other.bind('client-typing', resolve)));

      await opened.evaluate(connect, [app.key, { ...app.place, enabledTransports: [transport] }, name]);
      await seen(opened, 'pusher:subscription_succeeded');
      await opened.evaluate((channel) => window.pusher.channel(channel).trigger('client-typing', { x: 1 }), name);
      assert.deepEqual(await typing, { x: 1 });
      for (let i = 1; i <= 3; i += 1) {
        await app.backend.trigger(name, `greeting-${i}`, { i });
        assert.deepEqual(await (await seen(opened, `greeting-${i}`)).jsonValue(), { i });
      }

      const path = { ws: undefined, xhr_streaming: '/xhr_streaming', xhr_polling: '/xhr' }[transport];
      if (path !== undefined) {
        assert.ok(requests.some((request) => request.endsWith(path)), requests.join('\n'));
      }
    });
  }

  test('a streaming client survives its own reopening when its buffer is full', async () => {
    const opened = await page();
    const name = app.name('private-');
    let streams = 0;
    opened.on('request', (request) => {
      streams += request.url().includes('/xhr_streaming') ? 1 : 0;
    });
    await opened.evaluate(connect, [app.key, { ...app.place, enabledTransports: ['xhr_streaming'] }, name]);
    await seen(opened, 'pusher:subscription_succeeded');

    const count = 40;
    for (let i = 0; i < count; i += 1) {
      await app.backend.trigger(name, 'large', `${i}:${'d'.repeat(10_000)}`);
    }
    await app.backend.trigger(name, 'marker', { end: true });

    await seen(opened, 'marker');
    const numbers = await opened.evaluate(() =>
      window.seen.filter(([event]) => event === 'large').map(([, data]) => Number(data.split(':')[0])),
    );
    assert.deepEqual(numbers, Array.from({ length: count }, (_, i) => i));
    assert.ok(streams >= 2, `${streams} streaming requests (expected: at least 2)`);
  });

  test('the console shows a message that arrives', async () => {
    context = await browser.newContext();
    const opened = await context.newPage();
    await opened.goto(`${server.url}/?key=${app.key}`);
    await opened.getByText('Subscribed to my-channel').waitFor({ timeout: 10_000 });

    await app.backend.trigger('my-channel', 'greeting', { text: 'hello' });

    const message = opened.getByRole('log').getByRole('listitem').filter({ hasText: 'greeting' });
    await message.waitFor({ timeout: 10_000 });
    assert.match(await message.textContent(), /\{"text":"hello"\}/);
  });
});
