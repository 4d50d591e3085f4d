import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { App } from '../harness/app.js';
import { surroundings } from '../harness/surroundings.js';

const app = new App(4905);
const around = surroundings(app, { example: 'laravel-echo' });

const says = (page, selector, text) =>
  page.waitForFunction(([where, wanted]) => document.querySelector(where)?.textContent === wanted, [selector, text]);
const list = (page, name) => page.$$eval(`.${name} li`, (all) => all.map((each) => each.textContent));
const told = (page, name, text) => page.locator(`.${name} li`, { hasText: text }).waitFor();

async function ship(page, customer) {
  await page.getByLabel('Customer').fill(customer);
  await page.getByRole('button', { name: 'Ship' }).click();
}

describe('the example with Laravel Echo', () => {
  test('a public, a private and a presence channel, whispers, and a cut', async () => {
    const { example, proxy } = around;
    const ann = await example.open('user=ann');
    const bob = await example.open('user=bob', { network: proxy.url, size: { width: 390, height: 700 } });
    for (const page of [ann, bob]) await says(page, '.people', 'ann, bob');

    await ship(ann, 'bob');
    await told(bob, 'orders', 'Order 1 was shipped by ann');
    await told(bob, 'mine', 'Order 1 is on its way to you');
    await told(ann, 'orders', 'You shipped order 1');
    await bob.getByRole('button', { name: 'Wave' }).click();
    await told(ann, 'waves', 'bob waves');

    proxy.setDown(true);
    await says(ann, '.people', 'ann');
    proxy.setDown(false);
    for (const page of [ann, bob]) await says(page, '.people', 'ann, bob');
    await ship(bob, 'ann');
    await told(ann, 'orders', 'Order 2 was shipped by bob');
    await told(ann, 'mine', 'Order 2 is on its way to you');

    assert.deepEqual(await list(ann, 'orders'), ['Order 2 was shipped by bob', 'You shipped order 1'], 'to others alone');
    assert.deepEqual(await list(bob, 'mine'), ['Order 1 is on its way to you']);
    assert.deepEqual(await list(bob, 'waves'), []);
    await example.look(ann, 'wide');
    await example.look(bob, 'phone');
    assert.deepEqual(example.complaints, []);
  });

  test('a private channel of somebody else is refused', async () => {
    const form = new URLSearchParams({ socket_id: '1.2', channel_name: 'private-users.bob' });
    const ask = (user) => fetch(`${around.example.url}broadcasting/auth`, { method: 'POST', body: form, headers: { authorization: `Bearer ${user}` } });
    assert.equal((await ask('ann')).status, 403);
    assert.equal((await ask('bob')).status, 200);
  });
});
