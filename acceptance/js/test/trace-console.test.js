import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import WebSocket from 'ws';
import { launch } from '../harness/browser.js';
import { Person } from '../harness/console.js';
import { Server } from '../harness/server.js';

let server;
let browser;
let people = [];
let sockets = [];

before(async () => {
  server = await Server.start([], { CARILLON_DEMO_APP: 'false' });
  browser = await launch();
});
afterEach(async () => {
  sockets.splice(0).forEach((opened) => opened.terminate());
  await Promise.all(people.splice(0).map((person) => person.close()));
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

/** Somebody with an application, at a page below Live. */
async function at(page, email) {
  const person = await Person.signedUp(browser, server, email);
  people.push(person);
  Object.assign(person, await person.makesApp('Shop'));
  await person.goto(`/console/t/${person.team}/apps/${person.app}/live/${page}`);
  return person;
}

/** A connection of the Pusher protocol that is subscribed to the channel; answers its socket id. */
async function subscribed(key, channel) {
  const opened = new WebSocket(`${server.url.replace('http', 'ws')}/app/${key}?protocol=7`);
  sockets.push(opened);
  return new Promise((resolve, reject) => {
    let id;
    opened.once('error', reject);
    opened.on('message', (text) => {
      const { event, data } = JSON.parse(text);
      if (event === 'pusher:connection_established') {
        id = JSON.parse(data).socket_id;
        opened.send(JSON.stringify({ event: 'pusher:subscribe', data: { channel } }));
      } else if (event === 'pusher_internal:subscription_succeeded') {
        resolve(id);
      }
    });
  });
}

async function publish({ key, secret }, channel, message, headers = {}) {
  const answer = await fetch(`${server.url}/v1/channels/${channel}/messages`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${key}:${secret}`)}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(message),
  });
  assert.equal(answer.status, 201);
  return answer.json();
}

test('a traced message is found by its id, with its way to the sockets', async () => {
  const anna = await at('trace', 'anna@trace.example.com');
  await anna.sees('No message was traced lately.');
  await anna.checks('trace-empty');
  await subscribed(anna.key, 'news');
  await subscribed(anna.key, 'news');
  await publish(anna, 'news', { name: 'greeting', data: 'hello', id: 'm-1', trace: true });
  await publish(anna, 'news', { name: 'other', data: 'hello', id: 'm-2' }, { 'carillon-trace': '1' });
  await publish(anna, 'news', { name: 'untraced', data: 'hello', id: 'm-3' });

  const list = anna.page.getByRole('list', { name: 'Traces' });
  await list.getByText('m-2').waitFor();
  await list.getByText('m-1').waitFor();
  assert.equal(await list.getByText('m-3').count(), 0);
  await anna.fill({ 'Message id': 'm-1' });
  await anna.press('Find');
  await list.getByText('Reached').waitFor();
  await list.getByText('2 written').first().waitFor();
  await list.getByText(/in the log after/).waitFor();
  await anna.checks('trace-found');
  await anna.fill({ Position: 'here' });
  await anna.press('Find');
  await anna.page.locator('[aria-invalid=true]').waitFor();
});

test('an event is published with a trace and followed', async () => {
  const bert = await at('', 'bert@trace.example.com');
  await bert.page.getByRole('heading', { name: 'Publish an event' }).waitFor();
  // the page lost the secret when it was opened anew
  await bert.fill({ 'Secret of the key': bert.secret });
  await bert.press('Use the secret');
  await bert.page.getByLabel('Trace it').check();
  await bert.press('Publish');
  await bert.page.getByRole('link', { name: 'Follow its trace' }).click();
  await bert.heading('What was found');
  await bert.sees('Accepted');
  await bert.press('Show all');
  await bert.heading('Recent traces');
});

test('what comes next on a pattern is traced', async () => {
  const cora = await at('trace', 'cora@trace.example.com');
  await cora.fill({ Channels: 'chat:*', 'Until so many are traced': '1' });
  await cora.press('Begin');
  await cora.sees('One node traces each message');
  await publish(cora, 'chat:1', { name: 'first', data: 1 });
  await publish(cora, 'chat:1', { name: 'second', data: 2 });
  const list = cora.page.getByRole('list', { name: 'Traces' });
  await list.getByText('first').waitFor();
  assert.equal(await list.getByText('second').count(), 0);
  await cora.checks('trace-sample');
  const strange = await cora.call('GET', `/tenants/${cora.team}/apps/0/traces`);
  assert.equal(strange.status, 404);
});
