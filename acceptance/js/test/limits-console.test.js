import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../harness/browser.js';
import { Person } from '../harness/console.js';
import { Server } from '../harness/server.js';

const operatorToken = 'an-operator-token-for-this-test-only';
/** How long a change may take until it acts everywhere, with room for a busy machine. */
const actsMillisMax = 5_000;
const meteredMillisMax = 60_000;
/** How long a quota may be used up until somebody is told: it is added up and compared every half minute, each. */
const alertedMillisMax = 120_000;
let server;
let browser;

before(async () => {
  server = await Server.start([], { CARILLON_DEMO_APP: 'false', CARILLON_OPERATOR_TOKEN: operatorToken });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

async function operator(method, path, body, token = operatorToken) {
  const response = await fetch(`${server.url}/v1/operator${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

const publish = ({ key, secret }, text) =>
  fetch(`${server.url}/v1/channels/room/messages`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${key}:${secret}`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'greeting', data: text }),
  });

async function until(what, condition, millis = actsMillisMax) {
  const end = Date.now() + millis;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `not in ${millis} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('only the operator sets plans', async () => {
  assert.equal((await operator('GET', '/plans', undefined, 'x'.repeat(40))).status, 401);
  const plans = await operator('GET', '/plans');
  assert.deepEqual(
    plans.body.plans.map(({ name }) => name),
    ['default', 'development'],
  );
  assert.equal((await operator('DELETE', '/plans/default')).status, 409);
  assert.equal((await operator('PUT', '/plans/odd', { limits: { connections: 0 } })).status, 400);
  assert.equal((await operator('PUT', '/plans/odd', { limits: { unheard: 1 } })).status, 400);
});

test('a plan limits the apps of its team, which may set less and see what is used', async () => {
  const anna = await Person.signedUp(browser, server, 'anna@limits.example');
  const made = await anna.makesApp('Shop');
  await until('the key', async () => (await publish(made, 'one')).status === 201);
  await anna.tab('Limits');
  await anna.heading('This month');
  await anna.sees('no limit');
  await anna.checks('limits');

  const plan = { limits: { messagesPerSecond: 20, messagesPerMonth: 10, connections: 50 } };
  assert.equal((await operator('PUT', '/plans/small', plan)).status, 200);
  assert.equal((await operator('PUT', `/teams/${anna.team}/plan`, { plan: 'small' })).status, 200);
  await until('the plan acts', async () => (await publish(made, 'two')).headers.get('ratelimit-policy') === '"messages";q=20;w=1');
  for (let i = 0; i < 7; i += 1) await publish(made, 'more');
  const answers = await Promise.all(Array.from({ length: 60 }, () => publish(made, 'flood')));
  const refused = answers.filter(({ status }) => status === 429);
  assert.ok(refused.length > 0);
  assert.match(refused[0].headers.get('retry-after'), /^\d+$/);
  assert.equal((await refused[0].json()).code, 'message-rate');

  const connections = anna.page.getByRole('row', { name: /^Connections Connections open/ });
  await connections.getByText('the plan').waitFor();
  await anna.page.getByLabel('Messages per month').waitFor({ timeout: meteredMillisMax });
  await anna.page.locator('.quotas .badge.bad').waitFor({ timeout: meteredMillisMax });
  await anna.checks('limits-quota');

  await anna.fill({ Connections: '60' });
  await anna.press('Save');
  await anna.page.locator('[aria-invalid=true]').waitFor();
  await anna.sees('by the plan "small"');
  await anna.checks('limits-wrong');
  await anna.fill({ Connections: '40', 'Messages per second': '5' });
  await anna.press('Save');
  await anna.sees('Saved.');
  await connections.getByText('this app').waitFor();
  await until('its own limit acts', async () => (await publish(made, 'x')).headers.get('ratelimit-policy') === '"messages";q=5;w=1');
  await anna.checks('limits-own');

  await anna.tab('Members');
  assert.equal((await operator('DELETE', '/plans/small')).status, 409);
  const mail = /Mail for anna@limits.example: (Acme has used 100 % of messagesPerMonth)/;
  await until('the mail', () => server.logged(mail).catch(() => undefined), alertedMillisMax);
  await anna.close();
});
