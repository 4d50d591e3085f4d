import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { App } from '../harness/app.js';
import { surroundings } from '../harness/surroundings.js';

const app = new App(4906);
const around = surroundings(app, { example: 'location', settings: { CARILLON_PRESENCE_GRACE_SECONDS: '2' } });
const buses = Array.from({ length: 8 }, (_, at) => `bus-${at + 1}`);

const says = (page, selector, text) =>
  page.waitForFunction(([where, wanted]) => document.querySelector(where)?.textContent === wanted, [selector, text]);
const lines = (page) => page.$$eval('li', (all) => all.map((each) => each.textContent));
const keys = async (page) => (await lines(page)).map((line) => line.split(':')[0]);
const sees = (page, line) => page.getByText(line, { exact: true }).waitFor();

/** Until every bus is somewhere else than the lines say. */
const moved = (page, before) =>
  page.waitForFunction((old) => {
    const now = [...document.querySelectorAll('li')].map((each) => each.textContent).filter((line) => line.startsWith('bus-'));
    return now.length === 8 && now.every((line) => !old.includes(line));
  }, before);

/** Where on the screen a place of the map is. */
async function at(page, x, y) {
  const box = await page.locator('canvas').boundingBox();
  return [box.x + (x * box.width) / 1_000, box.y + (y * box.height) / 1_000];
}

describe('the map of the examples', () => {
  test('shows the newest position of each bus and person, also to who comes late and after a cut', async () => {
    const { example, proxy } = around;
    const ann = await example.open('user=ann', { size: { width: 900, height: 1_112 } });
    await moved(ann, []);
    assert.deepEqual(await keys(ann), buses);
    await ann.mouse.move(...(await at(ann, 100, 100)));
    await ann.mouse.down();
    await ann.mouse.move(...(await at(ann, 500, 500)), { steps: 60 });
    await ann.mouse.up();

    const bob = await example.open('user=bob', { network: proxy.url, size: { width: 390, height: 700 } });
    await sees(bob, 'ann: 500, 500');
    await moved(bob, await lines(bob));
    await example.look(bob, 'phone');

    proxy.setDown(true);
    await says(bob, 'output.state', 'waiting');
    const old = await lines(bob);
    await ann.mouse.click(...(await at(ann, 300, 700)));
    proxy.setDown(false);
    await sees(bob, 'ann: 300, 700');
    await moved(bob, old);
    await bob.mouse.click(...(await at(bob, 700, 300)));
    await ann.locator('li', { hasText: 'bob: ' }).waitFor();
    await example.look(ann, 'wide');

    await example.close(bob);
    await ann.locator('li', { hasText: 'bob: ' }).waitFor({ state: 'detached' });
    assert.deepEqual(await keys(ann), buses);
    assert.deepEqual(example.complaints, []);
  });
});
