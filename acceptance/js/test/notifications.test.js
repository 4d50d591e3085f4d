import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { App } from '../harness/app.js';
import { token } from '../harness/native.js';
import { surroundings } from '../harness/surroundings.js';

const app = new App(4902);
const around = surroundings(app, { example: 'notifications' });

/** A device on which somebody has signed in. */
async function device(name, network) {
  const page = await around.example.open('', { network, size: { width: 480, height: 640 } });
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await says(page, 'output.state', 'connected');
  return page;
}

const says = (page, selector, text) =>
  page.waitForFunction(([where, wanted]) => document.querySelector(where)?.textContent === wanted, [selector, text]);
const unread = (page, count) => page.getByRole('button', { name: `Notifications, ${count} unread` }).waitFor();
const list = (page) => page.$$eval('li', (all) => all.map((each) => `${each.className} ${each.firstChild.textContent}`.trim()));

function deferred() {
  let resolve;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}

async function tell(page, to, text) {
  await page.getByLabel('To').fill(to);
  await page.getByLabel('Text').fill(text);
  await page.getByRole('button', { name: 'Tell them' }).click();
}

describe('the notifications of the examples', () => {
  test('reach all devices of all users that are named, once, also after a cut; what is read is read everywhere', async () => {
    const { example, proxy } = around;
    const phone = await device('ann', proxy.url);
    const laptop = await device('ann');
    const bob = await device('bob');

    await tell(bob, 'ann, bob, carol', 'Lunch is ready');
    await bob.getByText('3 of 3 were told').waitFor();
    for (const page of [phone, laptop, bob]) {
      await page.locator('.toasts p', { hasText: 'bob: Lunch is ready' }).waitFor();
      await unread(page, 1);
    }

    await Promise.all([phone.context().setOffline(true), proxy.setDown(true)]);
    await says(phone, 'output.state', 'waiting');
    for (const text of ['one', 'two']) {
      await tell(bob, 'ann', text);
      await laptop.locator('.toasts p', { hasText: text }).waitFor();
    }
    await unread(laptop, 3);
    await unread(bob, 1);
    proxy.setDown(false);
    await phone.context().setOffline(false);
    await unread(phone, 3);
    await phone.locator('.toasts p', { hasText: 'two' }).waitFor();
    assert.equal(await phone.title(), '(3) Notifications');
    await phone.getByRole('button', { name: /^Notifications/ }).click();
    const wanted = ['unread bob: two', 'unread bob: one', 'unread bob: Lunch is ready'];
    assert.deepEqual(await list(phone), wanted);
    await example.look(phone, 'unread');

    await phone.getByRole('button', { name: 'Mark all' }).click();
    for (const page of [phone, laptop]) await unread(page, 0);
    await tell(bob, 'ann', 'three');
    for (const page of [phone, laptop]) await unread(page, 1);
    await unread(bob, 1);
    assert.deepEqual(example.complaints, []);
  });

  test('are there after a reload, read and unread, without toasts', async () => {
    const again = await device('ann');
    await again.reload();
    await unread(again, 1);
    assert.deepEqual(await list(again), ['unread bob: three', 'bob: two', 'bob: one', 'bob: Lunch is ready']);
    assert.equal(await again.locator('.toasts p').count(), 0);
    await around.example.look(again, 'reloaded');
  });

  test('what is typed while one is being sent stays', async () => {
    const bob = await device('bob');
    const { promise: held, resolve: letGo } = deferred();
    await bob.route('**/notify', async (route) => {
      await held;
      await route.continue();
    });
    await tell(bob, 'carol', 'first');
    await bob.getByLabel('Text').fill('next');
    letGo();
    await bob.getByText('1 of 1').waitFor();
    assert.equal(await bob.getByLabel('Text').inputValue(), 'next');
  });

  test('are for nobody else: not with another token, the key of the application, or without a session', async () => {
    const { server, example, clients } = around;
    const messages = `${server.url}/v1/channels/user:ann/messages`;
    const asEve = await fetch(messages, { headers: { authorization: `Bearer ${token(app, { sub: 'eve', cap: { 'user:eve': ['subscribe', 'history'] } })}` } });
    assert.equal(asEve.status, 403);
    await assert.rejects(clients.client(server.url, { key: app.key }).channel('user:ann').attach(), { kind: 'rule-denied' });
    for (const path of ['token', 'notify', 'read']) {
      assert.equal((await fetch(example.url + path, { method: 'POST', body: new URLSearchParams({ to: 'ann', text: 'x' }) })).status, 401);
    }
    assert.ok(!(await (await fetch(example.url)).text()).includes(app.secret));
  });
});
