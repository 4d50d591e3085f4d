import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import WebSocket from 'ws';
import { launch } from '../harness/browser.js';
import { password, Person } from '../harness/console.js';
import { javaCommand, Server } from '../harness/server.js';

const run = promisify(execFile);
const socketCount = 200;
const here = fileURLToPath(new URL('..', import.meta.url));
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

async function somebody(email, team) {
  const person = email === undefined ? await Person.open(browser, server) : await Person.signedUp(browser, server, email, team);
  people.push(person);
  return person;
}

async function elsewhere(person) {
  const again = await person.elsewhere(browser);
  people.push(again);
  return again;
}

/** What a backend without any library does. */
function publish({ key, secret }, channel, text) {
  return fetch(`${server.url}/v1/channels/${channel}/messages`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${key}:${secret}`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'greeting', data: { text } }),
  });
}

/** A connection of the Pusher protocol that is open, and a promise of its end. */
async function socket(key) {
  const opened = new WebSocket(`${server.url.replace('http', 'ws')}/app/${key}?protocol=7`);
  const closed = new Promise((resolve) => opened.on('close', resolve));
  await new Promise((resolve, reject) => opened.once('message', resolve).once('error', reject));
  return { closed };
}

const message = (person, text) => person.page.getByRole('log').getByRole('listitem').filter({ hasText: text }).waitFor();

describe('from nothing to the first message', () => {
  test('the snippets work as they are pasted, and what they send is seen', async () => {
    const anna = await somebody('anna@example.com');
    await anna.checks('apps-empty');
    const made = await anna.makesApp('Shop');
    await anna.sees('my-channel is live');
    await anna.checks('start');
    const texts = {};
    for (const title of ['curl', 'JavaScript', 'Java', 'pusher-js']) {
      if (title !== 'curl') await anna.page.getByText(title, { exact: true }).click();
      texts[title] = await anna.page.getByRole('group', { name: `${title} snippet`, exact: true }).textContent();
    }

    const listening = spawn(process.execPath, ['--input-type=module', '-e', texts['pusher-js']], { cwd: here });
    let heard = '';
    listening.stdout.on('data', (text) => (heard += text));
    const folder = await mkdtemp(join(tmpdir(), 'carillon-snippets-'));
    try {
      const sent = await run('bash', ['-c', texts.curl]);
      assert.match(sent.stdout, /"offset":1/);
      await message(anna, 'hello from curl');
      await writeFile(join(folder, 'publish.mjs'), texts.JavaScript);
      assert.match((await run(process.execPath, ['publish.mjs'], { cwd: folder })).stdout, /^201 /);
      await message(anna, 'hello from JavaScript');
      await writeFile(join(folder, 'Publish.java'), texts.Java);
      assert.match((await run(javaCommand(), ['Publish.java'], { cwd: folder })).stdout, /^201 /);
      await message(anna, 'hello from Java"');
      for (let i = 0; i < 50 && !heard.includes('hello'); i += 1) {
        await publish(made, 'my-channel', 'hello from a test');
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      assert.match(heard, /hello/);
    } finally {
      listening.kill();
      await rm(folder, { recursive: true, force: true });
    }

    await anna.tab('Live');
    await message(anna, 'hello from Java"');
  });

  test('two browsers see each other’s messages; the list can be paused and filtered', async () => {
    const bert = await somebody('bert@example.com');
    const { app, secret } = await bert.makesApp('Chat');
    const other = await elsewhere(bert);
    await other.goto(`/console/t/${bert.team}/apps/${app}/live`);
    await other.page.getByLabel('Channel my-channel').getByText('live').waitFor();
    await other.fill({ 'Secret of the key': 'not it' });
    await other.press('Use the secret');
    await other.page.locator('[aria-invalid=true]').waitFor();
    await other.checks('live-secret-wrong');
    await other.fill({ 'Secret of the key': secret });
    await other.press('Use the secret');
    await other.sees('Its secret is known to this tab');
    await other.page.getByLabel('Channel my-channel').getByText('live').waitFor();

    await bert.tab('Live');
    await bert.sees('Connected');
    await bert.fill({ 'One more channel': 'private-room' });
    await bert.press('Subscribe');
    await bert.page.getByLabel('Channel private-room').getByText('live').waitFor();
    await bert.press('Publish');
    await message(bert, '{"text":"hello"}');
    await other.page.getByRole('log').getByText('{"text":"hello"}').waitFor();

    await bert.press('Pause');
    await bert.fill({ Channel: 'private-room', 'Data (JSON)': '{"text":"in private"}' });
    await bert.press('Publish');
    await bert.press('Resume (1 wait)');
    await message(bert, 'in private');
    await bert.checks('live');
    await bert.fill({ 'Filter by channel, event, data or client': 'in private' });
    await bert.sees('1 match');
    assert.equal(await bert.page.getByRole('log').getByRole('listitem').count(), 1);

    await bert.fill({ 'Data (JSON)': '{"text":' });
    await bert.press('Publish');
    await bert.sees('expected: JSON');
    assert.equal(await bert.page.getByLabel('Data (JSON)').inputValue(), '{"text":');
    await bert.fill({ 'Data (JSON)': '1', Event: 'pusher:no' });
    await bert.press('Publish');
    await bert.sees(/event-name-invalid|pusher:no/);
  });
});

describe('accounts', () => {
  test('signing up says at the field what is wrong, and keeps what was typed', async () => {
    const cora = await somebody();
    await cora.goto('/console/sign-up');
    await cora.fill({ 'E-mail': 'cora@example.com', Password: 'short', Team: 'Cora' });
    await cora.press('Sign up');
    await cora.page.locator('[aria-invalid=true]').waitFor();
    const field = cora.page.getByLabel('Password', { exact: true });
    assert.equal(await field.evaluate((element) => element === document.activeElement), true);
    assert.equal(await cora.page.getByLabel('E-mail').inputValue(), 'cora@example.com');
    await cora.checks('sign-up-wrong');
    await cora.fill({ Password: password });
    await cora.press('Sign up');
    await cora.heading('Apps');

    await cora.press('Sign out');
    await cora.heading('Sign in');
    await cora.fill({ 'E-mail': 'cora@example.com', Password: 'not the right one' });
    await cora.press('Sign in');
    await cora.sees('password-wrong');
    await cora.checks('sign-in-wrong');
    await cora.fill({ Password: password });
    await cora.press('Sign in');
    await cora.heading('Apps');

    const link = await server.logged(/Mail for cora@example\.com: .*(\/verify#\S+)/);
    await cora.goto(link);
    await cora.sees('The address is confirmed.');
  });

  test('a password is changed, and a forgotten one replaced', async () => {
    const dora = await somebody('dora@example.com');
    await dora.page.getByRole('link', { name: 'dora@example.com' }).click();
    await dora.heading('Account');
    await dora.fill({ 'Current password': 'wrong wrong wrong', 'New password': 'another password' });
    await dora.press('Change the password');
    await dora.page.locator('[aria-invalid=true]').waitFor();
    await dora.checks('account');
    await dora.fill({ 'Current password': password });
    await dora.press('Change the password');
    await dora.sees('The password is changed.');

    await dora.press('Sign out');
    await dora.page.getByRole('link', { name: 'Forgot the password?' }).click();
    await dora.fill({ 'E-mail': 'dora@example.com' });
    await dora.press('Send me a link');
    await dora.sees('a link is on its way');
    await dora.goto(await server.logged(/Mail for dora@example\.com: .*(\/reset#\S+)/));
    await dora.fill({ 'New password': 'a third password' });
    await dora.press('Take this password');
    await dora.heading('Apps');
  });

  test('who is not signed in comes back to the page after signing in', async () => {
    const emma = await somebody('emma@example.com');
    const members = new URL(emma.page.url()).pathname.replace('/apps', '/members');
    await emma.press('Sign out');
    await emma.heading('Sign in');
    await emma.goto(members);
    await emma.heading('Sign in');
    await emma.fill({ 'E-mail': 'emma@example.com', Password: password });
    await emma.press('Sign in');
    await emma.heading('Members');
  });

  test('a server that cannot be reached is said, with a way to try again', async () => {
    const finn = await somebody('finn@example.com');
    await finn.context.route('**/v1/console/tenants/*/apps', (route) => route.abort());
    await finn.page.reload();
    await finn.sees('The server cannot be reached');
    await finn.checks('unreachable');
    await finn.context.unroute('**/v1/console/tenants/*/apps');
    await finn.press('Try again');
    await finn.heading('Your first app');
  });
});

describe('a team', () => {
  test('a viewer cannot do what an admin can, through the API either', async () => {
    const gina = await somebody('gina@example.com', 'Gina & Co');
    const { app } = await gina.makesApp('Shop');
    await gina.tab('Members');
    await gina.fill({ 'E-mail of whom to invite': 'hugo@example.com' });
    await gina.page.getByLabel('Role', { exact: true }).selectOption('viewer');
    await gina.press('Invite');
    await gina.sees('A link is on its way to hugo@example.com');
    await gina.checks('members');

    const hugo = await somebody();
    await hugo.goto(await server.logged(/Mail for hugo@example\.com: .*(\/invitation#\S+)/));
    await hugo.heading('You are invited');
    await hugo.fill({ 'E-mail': 'hugo@example.com', Password: password });
    await hugo.press('Sign up and join');
    await hugo.page.getByRole('link', { name: 'Shop' }).click();
    await hugo.tab('Keys');
    await hugo.sees('First key');
    for (const name of ['New key', 'Rotate …', 'Revoke …', 'New app']) {
      assert.equal(await hugo.page.getByRole('button', { name }).count(), 0, name);
    }
    assert.equal(await hugo.page.getByRole('link', { name: 'Audit log' }).count(), 0);
    await hugo.tab('Settings');
    assert.equal(await hugo.page.getByRole('button', { name: 'Save' }).isDisabled(), true);
    await hugo.checks('settings-viewer');
    for (const [method, path, body] of [
      ['POST', `/tenants/${gina.team}/apps`, { name: 'x' }],
      ['POST', `/tenants/${gina.team}/apps/${app}/keys`, { label: 'x' }],
      ['DELETE', `/tenants/${gina.team}/apps/${app}`],
      ['GET', `/tenants/${gina.team}/audit-log`],
    ]) {
      const { status, body: problem } = await hugo.call(method, path, body);
      assert.deepEqual([status, problem.code], [403, 'role-denied'], path);
    }

    await gina.page.reload();
    await gina.page.getByLabel('Role of hugo@example.com').selectOption('admin');
    await gina.page.waitForResponse((answer) => answer.request().method() === 'GET' && answer.url().endsWith('/members'));
    assert.equal((await hugo.call('POST', `/tenants/${gina.team}/apps`, { name: 'Second' })).status, 201);
    await hugo.goto(`/console/t/${gina.team}/audit-log`);
    await hugo.sees('hugo@example.com');
    await hugo.checks('audit-log');
  });

  test('what one browser changes another one shows; another team’s pages are not there', async () => {
    const ines = await somebody('ines@example.com');
    const { app } = await ines.makesApp('Shop');
    const another = await elsewhere(ines);
    await another.goto(`/console/t/${ines.team}/apps`);
    await another.heading('Apps');
    await ines.call('POST', `/tenants/${ines.team}/apps`, { name: 'Seen elsewhere' });
    await another.sees('Seen elsewhere');

    const jens = await somebody('jens@example.com');
    await jens.goto(`/console/t/${ines.team}/apps/${app}`);
    await jens.heading('There is no such page');
    assert.equal((await jens.call('GET', `/tenants/${ines.team}/apps/${app}`)).status, 404);
    await jens.goto(`/console/t/${jens.team}/apps/${app}`);
    await jens.sees('tenant-app-unknown');
  });

  test('teams are made and renamed', async () => {
    const kate = await somebody('kate@example.com', 'First');
    await kate.page.getByLabel('Team', { exact: true }).selectOption('new');
    await kate.heading('New team');
    await kate.press('Create the team');
    await kate.page.locator('[aria-invalid=true]').waitFor();
    await kate.checks('new-team');
    await kate.fill({ Name: 'Second' });
    await kate.press('Create the team');
    await kate.heading('Your first app');
    await kate.tab('Team settings');
    await kate.checks('team-settings');
    await kate.fill({ Name: 'Another' });
    await kate.press('Save');
    await kate.page.getByRole('option', { name: 'Another' }).waitFor({ state: 'attached' });
  });
});

describe('an app', () => {
  test('a key is made, rotated, and revoked after saying what ends with it', async () => {
    const lars = await somebody('lars@example.com');
    const { app, key } = await lars.makesApp('Shop');
    const live = await elsewhere(lars);
    await live.goto(`/console/t/${lars.team}/apps/${app}/live`);
    await live.sees('Connected');

    await lars.tab('Keys');
    await lars.checks('keys');
    const first = lars.page.getByRole('main').getByRole('listitem').filter({ hasText: 'First key' });
    await lars.press('Revoke …', first);
    const dialog = lars.page.getByRole('dialog');
    await dialog.getByText('1 connection').waitFor();
    await lars.checks('revoke');
    await lars.press('Cancel', dialog);

    await lars.press('Rotate …', first);
    await lars.press('Make the successor', dialog);
    assert.ok((await dialog.getByRole('group', { name: 'Secret' }).textContent()).length >= 20);
    await lars.checks('secret');
    await lars.press('I have copied it', dialog);
    await first.first().getByText('as it has a successor').waitFor();

    await lars.press('Revoke …', first.filter({ hasText: 'as it has a successor' }));
    const sockets = await Promise.all(Array.from({ length: socketCount }, () => socket(key)));
    await dialog.getByText(`${socketCount + 1} connections`, { exact: true }).waitFor();
    await lars.press('Revoke the key', dialog);
    await dialog.getByText(`It had ${socketCount + 1} connections`).waitFor();
    await Promise.all(sockets.map(({ closed }) => closed));
    await dialog.getByText('0 connections', { exact: true }).waitFor();
    await lars.checks('revoked');
    await live.sees(/Refused|Not connected/);
    await lars.press('Close', dialog);

    await lars.press('New key');
    await lars.press('Create the key', dialog);
    await dialog.locator('[aria-invalid=true]').waitFor();
    await lars.fill({ Label: 'Backend' });
    await lars.press('Create the key', dialog);
    await lars.press('I have copied it', dialog);
    await lars.sees('Backend');
  });

  test('rules are made, tested, changed and removed', async () => {
    const mona = await somebody('mona@example.com');
    await mona.makesApp('Shop');
    await mona.tab('Channel rules');
    await mona.sees('No rule yet');
    await mona.press('New rule');
    const dialog = mona.page.getByRole('dialog');
    await mona.fill({ Pattern: 'chat:*', 'Bytes of a message': 'many' });
    await mona.press('Save the rule', dialog);
    await dialog.getByText('messageBytes: ').waitFor();
    await mona.checks('rule-wrong');
    await mona.fill({ 'Bytes of a message': '1000', 'JSON schema of the data': '{"type":' });
    await mona.press('Save the rule', dialog);
    await dialog.getByText('expected: JSON').waitFor();
    await mona.fill({ 'JSON schema of the data': '{"type":"object"}' });
    await mona.page.getByLabel('Who may publish').selectOption('tokens');
    await mona.press('Save the rule', dialog);
    await mona.sees('up to 1000 bytes');

    await mona.fill({ Channel: 'chat:42' });
    await mona.press('Ask');
    await mona.sees('counts for');
    await mona.checks('rules');
    await mona.press('Edit chat:* …');
    await mona.fill({ 'Days in the archive': '7' });
    await mona.press('Save the rule', dialog);
    await mona.sees('archive of 7 days');
    await mona.press('Remove chat:* …');
    await mona.press('Remove the rule', dialog);
    await mona.sees('No rule yet');
  });

  test('settings are changed, and the app is deleted after its name was typed', async () => {
    const nora = await somebody('nora@example.com');
    const made = await nora.makesApp('Shop');
    await nora.tab('Settings');
    await nora.heading('Settings');
    await nora.fill({ Name: 'Shop 2', 'Connections at once': 'lots' });
    await nora.press('Save');
    await nora.page.locator('[aria-invalid=true]').waitFor();
    await nora.checks('settings-wrong');
    await nora.fill({ 'Connections at once': '10' });
    await nora.page.getByLabel('Enabled').uncheck();
    await nora.press('Save');
    await nora.heading('Shop 2');
    assert.notEqual((await publish(made, 'my-channel', 'x')).status, 201);

    await nora.press('Delete this app …');
    const dialog = nora.page.getByRole('dialog');
    assert.equal(await dialog.getByRole('button', { name: 'Delete the app' }).isDisabled(), true);
    await nora.checks('delete');
    await nora.fill({ 'Type Shop 2 to confirm': 'Shop 2' });
    await nora.press('Delete the app', dialog);
    await nora.heading('Your first app');
  });
});

test('the keyboard is enough', async () => {
  const pia = await somebody();
  await pia.goto('/console/sign-up');
  await pia.heading('Sign up');
  const { keyboard } = pia.page;
  await pia.page.getByLabel('E-mail').focus();
  for (const text of ['pia@example.com', password, 'Pia']) {
    await keyboard.type(text);
    await keyboard.press('Tab');
  }
  await keyboard.press('Enter');
  await pia.heading('Your first app');
  await pia.page.getByLabel('Name').focus();
  await keyboard.type('Shop');
  await keyboard.press('Enter');
  await pia.heading('1. Your key');
  await pia.page.getByRole('link', { name: 'Keys' }).focus();
  await keyboard.press('Enter');
  await pia.sees('First key');
  const opener = pia.page.getByRole('button', { name: 'New key' });
  await opener.focus();
  await keyboard.press('Enter');
  await pia.page.getByRole('dialog').waitFor();
  await keyboard.press('Escape');
  await pia.page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await opener.evaluate((element) => element === document.activeElement), true);
});

test('the page of the server’s address, and one that is not there, can be used by everybody', async () => {
  const otto = await somebody();
  await otto.goto('/');
  await otto.heading('Try it');
  await otto.checks('landing');
  await otto.goto('/console/forgot');
  await otto.checks('forgot');
});
