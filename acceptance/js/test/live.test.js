import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import WebSocket from 'ws';
import { launch } from '../harness/browser.js';
import { Person } from '../harness/console.js';
import { Server } from '../harness/server.js';

/** How many connections a revoked key has; a thousand by hand. */
const socketCount = Number(process.env.CARILLON_TEST_SOCKETS ?? 100);
let server;
let browser;
let people = [];
let sockets = [];

before(async () => {
  server = await Server.start([], { CARILLON_DEMO_APP: 'false' });
  browser = await launch();
});
afterEach(async () => {
  sockets.splice(0).forEach(({ opened }) => opened.terminate());
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

/** Somebody with an application, at one of the pages below Live. */
async function at(page, email) {
  const person = await somebody(email);
  Object.assign(person, await person.makesApp('Shop'));
  await person.goto(`/console/t/${person.team}/apps/${person.app}/live/${page}`);
  return person;
}

/** A connection of the Pusher protocol as pusher-js would open it. */
async function socket(key, ...said) {
  const opened = new WebSocket(`${server.url.replace('http', 'ws')}/app/${key}?protocol=7&client=js&version=8.4.0`);
  const made = { opened, closed: new Promise((resolve) => opened.on('close', resolve)) };
  sockets.push(made);
  await new Promise((resolve, reject) => opened.once('message', resolve).once('error', reject));
  said.forEach((message) => opened.send(JSON.stringify(message)));
  return made;
}

const subscribe = (channel, auth) => ({ event: 'pusher:subscribe', data: { channel, auth } });

function rest({ key, secret }, path, body) {
  return fetch(`${server.url}/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Basic ${btoa(`${key}:${secret}`)}`, 'content-type': 'application/json', 'user-agent': 'warehouse/7' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

test('a revoked key: the counter is seen going to zero', async () => {
  const anna = await at('connections', 'anna@live.example.com');
  await anna.tab('Keys');
  await Promise.all(Array.from({ length: socketCount }, () => socket(anna.key)));
  await anna.press('Revoke …');
  const dialog = anna.page.getByRole('dialog');
  await dialog.getByText(`${socketCount.toLocaleString('en')} connections`, { exact: true }).waitFor();

  const began = performance.now();
  await anna.press('Revoke the key', dialog);
  await Promise.all(sockets.map(({ closed }) => closed));
  const gone = performance.now();
  await dialog.getByText('0 connections', { exact: true }).waitFor();
  const zero = performance.now();

  await dialog.getByText(`It had ${socketCount.toLocaleString('en')} connections`).waitFor();
  console.log(`${socketCount} connections: closed after ${Math.round(gone - began)} ms, the counter shows 0 after ${Math.round(zero - began)} ms`);
});

test('connections are listed, filtered and ended', async () => {
  const bert = await at('connections', 'bert@live.example.com');
  await bert.sees('Nobody is connected.');
  await bert.checks('connections-empty');
  const one = await socket(bert.key, subscribe('news'), subscribe('sports'));
  await socket(bert.key);
  await bert.sees('2 open on all nodes');
  const list = bert.page.getByRole('list', { name: 'Open connections' });
  await list.getByText('2 channels').waitFor();
  await list.getByText('js 8.4.0').first().waitFor();
  await bert.checks('connections');

  const filter = bert.page.getByLabel(/^Filter/);
  await filter.fill('nobody');
  await bert.sees('No connection matches.');
  await filter.fill('JS 8');
  await list.getByRole('listitem').nth(1).waitFor();
  await bert.press('Pause');
  await bert.sees('the list is paused');
  await bert.press('Resume');
  await list.getByRole('listitem').filter({ hasText: '2 channels' }).getByRole('button').click();
  await bert.checks('connection-end');
  await bert.press('End the connection', bert.page.getByRole('dialog'));
  await one.closed;
  await bert.sees('1 open on all nodes');
});

test('channels lead to their members and their history', async () => {
  const cora = await at('channels', 'cora@live.example.com');
  await cora.sees('Nobody listens to any channel.');
  await socket(cora.key, subscribe('news'));
  await socket(cora.key, subscribe('news'));
  await cora.sees('2 subscribers');
  await cora.checks('channels');
  await cora.page.getByLabel('Names that start with').fill('zzz');
  await cora.sees('No channel with such a name');
  await cora.page.getByLabel('Names that start with').fill('ne');
  await rest(cora, '/channels/news/messages', { name: 'greeting', data: { text: 'hello' } });
  await cora.page.getByRole('link', { name: 'History of news' }).click();
  await cora.sees('1 messages of news');
  await cora.tab('Presence');
  await cora.fill({ 'Presence channel': 'presence-room' });
  await cora.press('Show the members');
  await cora.sees('Nobody is present.');
  await cora.checks('presence');
  await cora.fill({ 'Presence channel': 'room' });
  await cora.press('Show the members');
  await cora.page.getByRole('alert').waitFor();
});

test('why something was refused is found, and what would be', async () => {
  const dora = await at('refusals', 'dora@live.example.com');
  await dora.sees('Nothing was refused lately.');
  await dora.checks('refusals-empty');
  await socket(dora.key, subscribe('private-orders', `${dora.key}:0123`));
  await rest(dora, '/channels?what=1');
  const list = dora.page.getByRole('list', { name: 'Refusals' });
  await list.getByText('private-orders').first().waitFor();
  await list.getByText('GET /v1/channels').waitFor();
  await dora.fill({ Key: dora.key, 'On channel': 'private-orders' });
  await dora.press('Ask');
  await dora.page.getByText('Refused', { exact: true }).waitFor();
  await dora.checks('refusals');
  await dora.page.getByLabel('Who').selectOption('server');
  await dora.press('Ask');
  await dora.page.getByText('Allowed', { exact: true }).waitFor();
});

test('the past is travelled in both directions', async () => {
  const emil = await at('history', 'emil@live.example.com');
  for (let number = 1; number <= 120; number++) {
    const answer = await rest(emil, '/channels/news/messages', { name: 'tick', data: { number } });
    assert.equal(answer.status, 201);
  }
  const shows = (number) => emil.page.getByText(`{"number":${number}}`, { exact: true }).waitFor();
  await emil.fill({ Channel: 'news' });
  await emil.press('Show');
  await shows(120);
  await emil.checks('history');
  await emil.press('Older');
  await shows(21);
  await emil.press('Newer');
  await shows(120);
  await emil.page.getByLabel('From').selectOption('position');
  await emil.press('Show');
  await emil.page.locator('[aria-invalid=true]').waitFor();
  await emil.page.getByLabel('From').selectOption('time');
  await emil.fill({ Time: '2020-01-31 09:00' });
  await emil.press('Show');
  await shows(1);
  await emil.press('Newer');
  await shows(100);
});

test('who uses a key is told', async () => {
  const fred = await at('connections', 'fred@live.example.com');
  await socket(fred.key);
  await rest(fred, '/channels');
  await fred.tab('Keys');
  const row = fred.page.getByRole('main').getByRole('listitem').filter({ hasText: 'First key' });
  await row.getByRole('button', { name: /^Who uses it/ }).click();
  const dialog = fred.page.getByRole('dialog');
  await dialog.getByText('warehouse/7').waitFor({ timeout: 30_000 });
  await dialog.getByText('js 8.4.0').waitFor({ timeout: 30_000 });
  await fred.checks('key-programs');
  await fred.press('Close', dialog);
  await fred.press('Rotate …', row);
  await fred.page.getByLabel('Close the first earlier when unused for').selectOption('86400');
  await fred.press('Make the successor', dialog);
  await fred.press('I have copied it', dialog);
  await row.filter({ hasText: 'as it has a successor' }).getByRole('button', { name: /^Who uses it/ }).click();
  await dialog.getByText('24 hours').waitFor();
});
