import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { App } from '../harness/app.js';
import { surroundings } from '../harness/surroundings.js';

const app = new App(4901);
const around = surroundings(app, { example: 'whiteboard', settings: { CARILLON_PRESENCE_GRACE_SECONDS: '2' } });

/** Draws a line on the board, between points in hundredths of its size. */
async function draw(page, points) {
  const { x, y, width, height } = await page.locator('canvas').boundingBox();
  const at = ([across, down]) => [x + (across * width) / 100, y + (down * height) / 100];
  await page.mouse.move(...at(points[0]));
  await page.mouse.down();
  for (const point of points.slice(1)) await page.mouse.move(...at(point), { steps: 4 });
  await page.mouse.up();
}

const says = (page, selector, text) =>
  page.waitForFunction(([where, wanted]) => document.querySelector(where)?.textContent === wanted, [selector, text]);
const strokes = (page, count) => says(page, 'output.count', `${count} strokes`);
const pixels = (page) => page.evaluate(() => document.querySelector('canvas').toDataURL());

describe('the whiteboard of the examples', () => {
  test('three people see the same pixels, through a cut and for who comes late', async () => {
    const { example, proxy } = around;
    const ann = await example.open('user=ann', { network: proxy.url });
    const bob = await example.open('user=bob');
    for (const page of [ann, bob]) await says(page, '.people', 'ann, bob');
    const blank = await pixels(ann);

    await draw(ann, [[10, 20], [30, 60], [60, 20]]);
    await strokes(bob, 1);
    await bob.locator('.cursors span', { hasText: 'ann' }).waitFor();
    await draw(bob, [[20, 70], [80, 70]]);
    for (const page of [ann, bob]) await strokes(page, 2);
    assert.equal(await pixels(ann), await pixels(bob));
    assert.notEqual(await pixels(ann), blank);

    await Promise.all([ann.context().setOffline(true), proxy.setDown(true)]);
    await says(ann, 'output.state', 'waiting');
    await draw(ann, [[50, 10], [50, 90]]);
    await says(ann, 'output.count', '2 strokes, 1 waiting');
    await draw(bob, [[10, 40], [90, 40]]);
    await strokes(bob, 3);
    await example.look(ann, 'offline');
    proxy.setDown(false);
    await ann.context().setOffline(false);
    for (const page of [ann, bob]) await strokes(page, 4);
    const both = await pixels(bob);
    assert.equal(await pixels(ann), both);

    const carol = await example.open('user=carol', { size: { width: 390, height: 700 } });
    await strokes(carol, 4);
    assert.equal(await pixels(carol), both, 'she came late');
    await says(carol, '.people', 'ann, bob, carol'); // from now on she hears signals
    await bob.mouse.move(400, 300);
    await carol.locator('.cursors span', { hasText: 'bob' }).waitFor();
    await example.look(carol, 'phone');
    await example.close(bob);
    await carol.locator('.cursors span', { hasText: 'bob' }).waitFor({ state: 'detached' });
    await draw(carol, [[5, 5], [95, 95]]);
    for (const page of [ann, carol]) await strokes(page, 5);
    assert.equal(await pixels(ann), await pixels(carol));
    await example.look(ann, 'together');
    assert.deepEqual(example.complaints, []);
  });

  test('a backend that starts again replays the log, and what is cleared is gone for all', async () => {
    const before = await around.example.open('user=ann');
    await strokes(before, 5);
    const drawn = await pixels(before);
    assert.equal(await around.example.stop(), 0);
    await around.restartExample();

    const after = await around.example.open('user=ann');
    await strokes(after, 5);
    assert.equal(await pixels(after), drawn);
    await after.getByRole('button', { name: 'Clear' }).click();
    for (const page of [before, after]) await strokes(page, 0);
    await draw(after, [[10, 10], [20, 20]]);
    await strokes(before, 1);
    const late = await around.example.open('user=bob');
    await strokes(late, 1);
    assert.equal(await pixels(late), await pixels(after));
  });
});
