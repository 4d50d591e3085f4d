import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { launch } from '../harness/browser.js';
import { Person } from '../harness/console.js';
import { Server } from '../harness/server.js';

/** The promise is one second; the rest is for a busy machine. */
const patienceMillis = 5_000;
let server;
let browser;
let people = [];

before(async () => {
  server = await Server.start([], { CARILLON_DEMO_APP: 'false' });
  browser = await launch();
});
afterEach(async () => {
  await Promise.all(people.splice(0).map((person) => person.close()));
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

async function somebody(email) {
  const person = await Person.signedUp(browser, server, email);
  people.push(person);
  return person;
}

/** The status of publishing with the key. */
async function published({ key, secret }, channel) {
  const response = await fetch(`${server.url}/v1/channels/${channel}/messages`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${key}:${secret}`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'greeting', data: 'hello' }),
  });
  return response.status;
}

async function soon(what, expected) {
  const deadline = Date.now() + patienceMillis;
  let last = await what();
  while (last !== expected && Date.now() < deadline) last = await what();
  assert.equal(last, expected);
}

describe('what a key may do', () => {
  test('it is limited when it is made, and changed later', async () => {
    const mona = await somebody('mona@keys.example');
    await mona.makesApp('Shop');
    await mona.tab('Keys');
    await mona.press('New key');
    const dialog = mona.page.getByRole('dialog');
    await mona.fill({ Label: 'Order bot' });
    await dialog.getByLabel('Everything in this app').uncheck();

    await mona.press('Create the key', dialog);
    await dialog.locator('[aria-invalid=true]').waitFor();
    await dialog.getByText('a pattern is missing').waitFor();

    await dialog.getByLabel('Channels 1').fill('orders:*');
    await dialog.getByLabel('publish', { exact: true }).check();
    await mona.press('Add a pattern', dialog);
    await dialog.getByLabel('Channels 2').fill('news with spaces');
    await mona.press('Create the key', dialog);
    await dialog.getByText(/channel pattern: news with spaces/).waitFor();
    await mona.checks('key-limit');
    await mona.press('Remove pattern 2', dialog);
    await mona.press('Create the key', dialog);
    const value = (label) => dialog.getByRole('group', { name: label, exact: true }).textContent();
    const bot = { key: await value('Key'), secret: await value('Secret') };
    await mona.press('I have copied it', dialog);

    await soon(() => published(bot, 'orders:1'), 201);
    assert.equal(await published(bot, 'other'), 403);
    const listed = mona.page.getByRole('main').getByRole('listitem').filter({ hasText: 'Order bot' }).first();
    await listed.getByText('subscribe, publish').waitFor();
    await mona.checks('keys-limited');

    await mona.press('Change …', listed);
    await dialog.getByLabel('Everything in this app').check();
    await mona.press('Save', dialog);
    await listed.getByText('everything').waitFor();
    await soon(() => published(bot, 'other'), 201);
  });

  test('access tokens are made, used by a program, and revoked', async () => {
    const olga = await somebody('olga@keys.example');
    await olga.page.getByRole('link', { name: 'olga@keys.example' }).click();
    await olga.page.getByRole('link', { name: 'Access tokens', exact: true }).click();
    await olga.sees('You have no access token.');
    await olga.press('New access token');
    const dialog = olga.page.getByRole('dialog');
    await olga.press('Make the token', dialog);
    await dialog.locator('[aria-invalid=true]').waitFor();
    await olga.fill({ Label: 'CI' });
    await dialog.getByLabel('Team').selectOption('Acme');
    await dialog.getByLabel('Ends after').selectOption('a year');
    await olga.checks('new-access-token');
    await olga.press('Make the token', dialog);
    const token = await dialog.getByRole('group', { name: 'Access token', exact: true }).textContent();
    assert.match(token.trim(), /^carillon_pat_/);
    await olga.checks('access-token');
    await olga.press('I have copied it', dialog);
    const apps = async (method, body) =>
      fetch(`${server.url}/v1/console/tenants/${olga.team}/apps`, {
        method,
        headers: { authorization: `Bearer ${token.trim()}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    assert.equal((await apps('POST', { name: 'By a program' })).status, 201);

    await olga.page.reload();
    const listed = olga.page.getByRole('main').getByRole('listitem').filter({ hasText: 'CI' });
    await listed.getByText('as developer at most').waitFor();
    assert.equal(await listed.getByText('never').count(), 0);
    await olga.checks('access-tokens');
    await olga.goto(`/console/t/${olga.team}/audit-log`);
    await olga.sees('with the access token “CI”');

    await olga.goto('/console/access-tokens');
    await olga.press('Revoke …', listed);
    await olga.press('Revoke the token', dialog);
    await olga.sees('You have no access token.');
    assert.equal((await apps('GET')).status, 401);
  });

  test('the keyboard is enough', async () => {
    const nils = await somebody('nils@keys.example');
    await nils.makesApp('Shop');
    await nils.tab('Keys');
    const { keyboard } = nils.page;
    await nils.page.getByRole('button', { name: 'New key', exact: true }).focus();
    await keyboard.press('Enter');
    await keyboard.type('Bot');
    await keyboard.press('Tab');
    await keyboard.press('Space');
    await keyboard.press('Tab');
    await keyboard.type('chat:*');
    await keyboard.press('Enter');
    await nils.press('I have copied it');
    await nils.page.getByRole('main').getByText('chat:*').waitFor();
  });
});
