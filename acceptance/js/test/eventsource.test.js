import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { App } from '../harness/app.js';
import { token } from '../harness/native.js';
import { surroundings } from '../harness/surroundings.js';

const app = new App(4005);
const around = surroundings(app, { browser: true });

/** A page of another origin, without any library. */
async function page() {
  const opened = await (await around.browser.newContext()).newPage();
  await opened.goto(around.site.url);
  return opened;
}

/** Opens the browser's own EventSource and writes into `window.seen` what it dispatches. */
function listen(url) {
  window.seen = [];
  window.source = new EventSource(url);
  for (const type of ['welcome', 'subbed', 'msg', 'err', 'go', 'message']) {
    window.source.addEventListener(type, (event) => window.seen.push({ type, id: event.lastEventId, ...JSON.parse(event.data) }));
  }
}

const count = (opened, type, wanted) =>
  opened.waitForFunction(([t, n]) => window.seen.filter((event) => event.type === t).length >= n, [type, wanted], {
    timeout: 15_000,
  });
const seen = (opened, type) => opened.evaluate((t) => window.seen.filter((event) => event.type === t), type);
const data = (messages) => messages.flatMap(({ m }) => m.map(({ d }) => JSON.parse(d).i));

/** Clauses 13.4 and 13.6, as a browser without a library sees them. */
describe("a browser's own EventSource", () => {
  test('goes on by itself where it was cut, on all its channels', async () => {
    const opened = await page();
    const requests = [];
    opened.on('request', (request) => requests.push(request));
    const [one, two] = [app.name(), app.name()];
    await opened.evaluate(listen, `${around.proxy.url}/v1/sse?key=${app.key}&ch=${one}&ch=${two}`);
    await count(opened, 'subbed', 2);
    await app.backend.trigger(one, 'n', { i: 1 });
    await app.backend.trigger(two, 'n', { i: 2 });
    await count(opened, 'msg', 2);

    around.proxy.cut();
    await app.backend.trigger(one, 'n', { i: 3 });
    await app.backend.trigger(two, 'n', { i: 4 });
    await count(opened, 'subbed', 4);
    await app.backend.trigger(one, 'n', { i: 5 });
    await opened.waitForFunction(() => window.seen.some(({ m }) => m?.some(({ d }) => JSON.parse(d).i === 5)), undefined, { timeout: 15_000 });

    assert.deepEqual(data(await seen(opened, 'msg')).sort(), [1, 2, 3, 4, 5]);
    assert.deepEqual((await seen(opened, 'subbed')).slice(2).map(({ recovered }) => recovered), [true, true]);
    assert.deepEqual(await seen(opened, 'message'), []);
    assert.equal(requests.length, 2);
    assert.match((await requests[1].allHeaders())['last-event-id'], /^[\w-]+$/);
  });

  test('opens by a ticket, once, and is not to come back with it', async () => {
    const answer = await fetch(`${around.server.url}/v1/tickets`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token(app)}` },
    });
    const { ticket } = await answer.json();
    const opened = await page();
    const name = app.name('private-');
    await opened.evaluate(listen, `${around.proxy.url}/v1/sse?ticket=${ticket}&ch=${name}`);
    await count(opened, 'subbed', 1);

    around.proxy.cut();

    await opened.waitForFunction(() => window.source.readyState === EventSource.CLOSED, undefined, { timeout: 15_000 });
    assert.equal((await seen(opened, 'subbed')).length, 1);
  });
});
