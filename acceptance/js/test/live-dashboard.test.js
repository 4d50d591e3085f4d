import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { App } from '../harness/app.js';
import { surroundings } from '../harness/surroundings.js';

const app = new App(4903);
const around = surroundings(app, { example: 'live-dashboard' });

/** The numbers of the samples that a page shows: how many, the first and the last. */
async function shown(page) {
  const [count, first, last] = (await page.locator('output.count').textContent()).match(/\d+/g).map(Number);
  return { count, first, last };
}

const until = (page, number) =>
  page.waitForFunction((wanted) => Number(document.querySelector('output.count')?.textContent.split(' to ')[1]) >= wanted, number);

describe('the dashboard of the examples', () => {
  test('opens with what was before, and goes on where it was cut, without hole or repeat', async () => {
    const { example, proxy } = around;
    const first = await example.open('');
    await until(first, 6);

    const late = await example.open('', { network: proxy.url, size: { width: 390, height: 800 } });
    await until(late, 6);
    assert.equal((await shown(late)).first, 1, 'it rewinds');
    const requests = [];
    late.on('request', (request) => requests.push(request));

    proxy.setDown(true);
    await late.waitForFunction(() => document.querySelector('output.state').textContent === 'waiting');
    const { last } = await shown(late);
    await until(first, last + 3);
    assert.equal((await shown(late)).last, last, 'it is cut off');
    proxy.setDown(false);
    await until(late, last + 5);

    const { count, first: oldest, last: newest } = await shown(late);
    assert.equal(oldest, 1);
    assert.equal(count, newest, 'one sample for each number');
    await late.getByText('The newest numbers').click();
    const rows = await late.$$eval('tbody tr', (all) => all.map((row) => Number(row.cells[0].textContent)));
    assert.deepEqual(rows, Array.from(rows, (_, at) => rows[0] - at));
    assert.ok(requests.every((request) => request.url().includes('/v1/sse')), 'nothing but server-sent events');
    await example.look(late, 'phone');
    await example.look(first, 'wide');
    assert.deepEqual(example.complaints, []);
  });

  test('nobody publishes with the key that is in the page', async () => {
    await assert.rejects(around.clients.client(around.server.url, { key: app.key }).channel('metrics:web').publish('sample', { number: 0 }));
  });
});
