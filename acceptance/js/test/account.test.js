import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { launch } from '../harness/browser.js';
import { password, Person } from '../harness/console.js';
import { OidcProvider } from '../harness/oidc.js';
import { Server } from '../harness/server.js';

const stepMillis = 30_000;
let provider;
let server;
let browser;
let people = [];

before(async () => {
  provider = await OidcProvider.start();
  server = await Server.start([], { CARILLON_DEMO_APP: 'false', ...provider.settings });
  browser = await launch();
});
afterEach(async () => {
  await Promise.all(people.splice(0).map((person) => person.close()));
});
after(async () => {
  await browser?.close();
  await server?.remove();
  await provider?.close();
});

async function signedUp(email) {
  const person = await Person.signedUp(browser, server, email);
  people.push(person);
  return person;
}

/** What an authenticator shows so many steps from now. */
function codeOf(secret, steps) {
  const bits = [...secret].map((digit) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(digit).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / stepMillis) + steps));
  const hash = createHmac('sha1', key).update(counter).digest();
  const value = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, '0');
}

test('a second factor is set up, asked for, and turned off', async () => {
  const anna = await signedUp('anna@example.com');
  await anna.page.getByRole('link', { name: 'anna@example.com' }).click();
  await anna.heading('Second factor');
  await anna.press('Set it up');
  const dialog = anna.page.getByRole('dialog');
  await dialog.getByLabel('Password', { exact: true }).fill('not the right one');
  await anna.press('Go on', dialog);
  await dialog.locator('[aria-invalid=true]').waitFor();
  await dialog.getByLabel('Password', { exact: true }).fill(password);
  await anna.press('Go on', dialog);

  const secret = await dialog.getByRole('group', { name: 'Secret of the authenticator' }).textContent();
  const picture = dialog.getByRole('img', { name: 'QR code of the secret' });
  await picture.waitFor();
  await anna.checks('second-factor-set-up');
  await dialog.getByLabel('Code', { exact: true }).fill('000000');
  await anna.press('Turn it on', dialog);
  await dialog.locator('[aria-invalid=true]').waitFor();
  await dialog.getByLabel('Code', { exact: true }).fill(codeOf(secret, 0));
  await dialog.getByLabel('Code', { exact: true }).press('Enter');
  await dialog.getByRole('list', { name: 'Recovery codes' }).waitFor();
  const recovery = await dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allTextContents();
  assert.equal(recovery.length, 10);
  await anna.checks('second-factor-recovery-codes');
  await anna.press('I have kept them', dialog);
  await anna.sees('10 recovery codes are left');
  await anna.sees('The second factor was turned on');
  await anna.checks('account-with-second-factor');

  await anna.press('Sign out');
  await anna.heading('Sign in');
  await anna.fill({ 'E-mail': 'anna@example.com', Password: password });
  await anna.press('Sign in');
  await anna.heading('The second step');
  assert.equal((await anna.call('GET', '/session')).status, 401);
  const field = anna.page.getByLabel('Code');
  assert.equal(await field.evaluate((element) => element === document.activeElement), true);
  await field.fill('000000');
  await anna.press('Sign in');
  await anna.page.locator('[aria-invalid=true]').waitFor();
  await anna.checks('second-step-wrong');
  await field.fill(codeOf(secret, 1));
  await anna.press('Sign in');
  await anna.heading('Apps');

  await anna.page.getByRole('link', { name: 'anna@example.com' }).click();
  await anna.sees('A wrong code');
  await anna.press('Turn it off');
  await dialog.getByLabel('Password', { exact: true }).fill(password);
  await dialog.getByLabel('Code', { exact: true }).fill(recovery[0]);
  await anna.press('Turn it off', dialog);
  await anna.sees('Off. With it');
});

test('an account shows where it is signed in, and signs out elsewhere', async () => {
  const bert = await signedUp('bert@example.com');
  const other = await Person.open(browser, server);
  people.push(other);
  await other.goto('/console/sign-in');
  await other.fill({ 'E-mail': 'bert@example.com', Password: password });
  await other.press('Sign in');
  await other.heading('Apps');

  await bert.page.getByRole('link', { name: 'bert@example.com' }).click();
  await bert.sees('this browser');
  await bert.press('Sign out everywhere else');
  await bert.sees('Signed out at 1 other place.');
  await bert.checks('account');
  await other.page.reload();
  await other.heading('Sign in');
});

/** Somebody who comes to the page for signing in and goes to the provider. */
async function fromTheProvider(as) {
  const person = await Person.open(browser, server);
  people.push(person);
  provider.person = as;
  await person.goto('/console/sign-in');
  await person.page.getByRole('link', { name: 'Sign in with Acme ID' }).click();
  return person;
}

test('who is known to the provider gets an account of that address', async () => {
  const cora = await fromTheProvider({ sub: 'cora', email: 'Cora@example.com', email_verified: true });
  await cora.heading('New team');
  assert.equal((await cora.call('GET', '/session')).body.account.email, 'cora@example.com');

  const again = await fromTheProvider({ sub: 'cora' });
  await again.heading('New team');
  assert.equal((await again.call('GET', '/session')).body.account.email, 'cora@example.com');
});

test('an address links to an account only where both sides have confirmed it', async () => {
  const dora = await signedUp('dora@example.com');
  const early = await fromTheProvider({ sub: 'dora', email: 'dora@example.com', email_verified: true });
  await early.sees('nobody has confirmed');
  await early.checks('sign-in-refused');
  const unsure = await fromTheProvider({ sub: 'erna', email: 'erna@example.com', email_verified: false });
  await unsure.sees('does not say that your e-mail address is confirmed');

  await dora.goto(await server.logged(/Mail for dora@example\.com: .*(\/verify#\S+)/));
  await dora.sees('The address is confirmed.');
  const late = await fromTheProvider({ sub: 'dora', email: 'dora@example.com', email_verified: true });
  await late.heading('Apps');
  const { id } = (await dora.call('GET', '/session')).body.account;
  assert.equal((await late.call('GET', '/session')).body.account.id, id);
});

test('an account with a second factor asks for its code after the provider too', async () => {
  const fred = await signedUp('fred@example.com');
  await fred.goto(await server.logged(/Mail for fred@example\.com: .*(\/verify#\S+)/));
  await fred.sees('The address is confirmed.');
  const { secret } = (await fred.call('POST', '/account/second-factor', { password })).body;
  await fred.call('POST', '/account/second-factor/confirmation', { code: codeOf(secret, 0) });

  const back = await fromTheProvider({ sub: 'fred', email: 'fred@example.com', email_verified: true });
  await back.heading('The second step');
  assert.equal((await back.call('GET', '/session')).status, 401);
  await back.fill({ Code: codeOf(secret, 1) });
  await back.press('Sign in');
  await back.heading('Apps');
});

test('a code that another browser began is of no use', async () => {
  const anna = await fromTheProvider({ sub: 'gerd', email: 'gerd@example.com', email_verified: true });
  await anna.heading('New team');
  const begun = await fetch(`${server.url}/v1/console/identity/begin`, { redirect: 'manual' });
  const there = await fetch(begun.headers.get('location'), { redirect: 'manual' });
  const stranger = await Person.open(browser, server);
  people.push(stranger);
  await stranger.page.goto(there.headers.get('location'));
  await stranger.sees('did not succeed');
  assert.equal((await stranger.call('GET', '/session')).status, 401);

  const cookie = begun.headers.get('set-cookie').split(';')[0];
  const wrong = new URL(there.headers.get('location'));
  wrong.searchParams.set('state', 'x'.repeat(64));
  const refused = await fetch(wrong, { redirect: 'manual', headers: { cookie } });
  assert.equal(refused.status, 303);
  assert.equal(refused.headers.get('location'), '/console/sign-in?refused=identity-refused');
});
