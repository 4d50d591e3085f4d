import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../harness/browser.js';
import { Person } from '../harness/console.js';
import { Receiver } from '../harness/receiver.js';
import { Server } from '../harness/server.js';

let server;
let receiver;
let browser;

before(async () => {
  server = await Server.start([], {
    CARILLON_DEMO_APP: 'false',
    CARILLON_WEBHOOKS_ALLOWED_NETWORKS: '127.0.0.0/8',
    CARILLON_WEBHOOKS_FIRST_RETRY_MILLIS: '100',
  });
  receiver = await Receiver.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await receiver?.stop();
  await server?.remove();
});

const publish = ({ key, secret }, text) =>
  fetch(`${server.url}/v1/channels/room/messages`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${key}:${secret}`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'greeting', data: { text } }),
  });

test('a webhook is made, tried, paused, looked into and replayed on its pages', async () => {
  const anna = await Person.signedUp(browser, server, 'anna@example.com');
  const made = await anna.makesApp('Shop');
  await anna.tab('Webhooks');
  await anna.sees('No webhook yet.');
  await anna.checks('webhooks-empty');

  await anna.press('New webhook');
  await anna.fill({ Address: 'ftp://example.com', Label: 'Orders' });
  await anna.press('Save the webhook');
  await anna.page.locator('[aria-invalid=true]').waitFor();
  await anna.checks('webhook-form-wrong');
  await anna.fill({ Address: `${receiver.url}/hooks` });
  await anna.page.getByLabel('Format', { exact: true }).selectOption('carillon');
  await anna.page.getByLabel('A message was published', { exact: true }).check();
  await anna.press('Save the webhook');
  await anna.heading('The webhook’s secret');
  assert.match(await anna.page.getByRole('group', { name: 'Secret', exact: true }).textContent(), /^whsec_/);
  await anna.press('I have copied it');
  await anna.page.getByRole('link', { name: 'Orders', exact: true }).waitFor();
  await anna.checks('webhooks');

  await anna.page.getByRole('link', { name: 'Orders', exact: true }).click();
  await anna.heading('Test call');
  await anna.press('Call it now');
  await anna.page.getByRole('status').getByText('status 200').waitFor();
  assert.equal(receiver.events('/hooks')[0].type, 'test');

  receiver.calls = [];
  receiver.up = false;
  await publish(made, 'one');
  await anna.page.getByRole('region', { name: 'Ledger' }).getByText('status 503').first().waitFor();
  await anna.sees('Failing');
  await anna.checks('webhook-failing');
  receiver.up = true;
  await receiver.until('the message', () => receiver.events('/hooks').length === 1);
  const events = anna.page.getByRole('region', { name: 'Events' });
  const badge = (text) => events.locator('.badge').getByText(text, { exact: true }).first();
  await badge('delivered').waitFor();

  await anna.press('Pause');
  await anna.page.getByRole('button', { name: 'Go on', exact: true }).waitFor();
  await publish(made, 'two');
  await badge('waiting').waitFor();
  assert.equal(receiver.events('/hooks').length, 1);
  await anna.press('Go on');
  await receiver.until('the second message', () => receiver.events('/hooks').length === 2);

  await events.getByRole('button', { name: /^Calls/ }).last().click();
  await anna.heading('Calls that carried it');
  await anna.page.getByRole('dialog').getByText('status 503').first().waitFor();
  await anna.checks('webhook-event');
  await anna.page.keyboard.press('Escape');

  const [first] = receiver.events('/hooks');
  await badge('waiting').waitFor({ state: 'detached' });
  await anna.press('Replay a range …');
  await anna.checks('webhook-replay');
  await anna.press('Replay');
  await anna.page.getByText('2 events told again.').waitFor();
  await anna.press('Close');
  await receiver.until('the replays', () => receiver.events('/hooks').length === 4);
  assert.equal(receiver.events('/hooks')[2].id, first.id);
  await anna.sees('replayed 1 time');
  await anna.checks('webhook');

  await anna.press('Change the secret …');
  await anna.press('Make a new secret');
  await anna.heading('The webhook’s secret');
  await anna.press('I have copied it');
  await anna.page.getByText('Calls have a signature of the former secret, too').waitFor();
  await anna.checks('webhook-secret-changed');

  await anna.press('Remove …');
  await anna.press('Remove the webhook');
  await anna.sees('No webhook yet.');
  await anna.page.goto(`${server.url}/console/t/${anna.team}/audit-log`);
  await anna.sees('webhook.replayed');
  await anna.sees('webhook.deleted');
  await anna.close();
});
