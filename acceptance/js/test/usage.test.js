import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { launch } from '../harness/browser.js';
import { Person } from '../harness/console.js';
import { Server } from '../harness/server.js';

const meteredMillisMax = 20_000;
let server;
let browser;
let anna;

before(async () => {
  server = await Server.start([], { CARILLON_DEMO_APP: 'false' });
  browser = await launch();
});
afterEach(() => anna?.close());
after(async () => {
  await browser?.close();
  await server?.remove();
});

function publish({ key, secret }, text) {
  return fetch(`${server.url}/v1/channels/room/messages`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${key}:${secret}`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'greeting', data: text }),
  });
}

describe('usage', () => {
  test('what is published is charted, by key and as a table, and can be downloaded', async () => {
    anna = await Person.signedUp(browser, server, 'anna@usage.example');
    const made = await anna.makesApp('Shop');
    const other = await anna.call('POST', `/tenants/${anna.team}/apps/${made.app}/keys`, { label: 'other' });
    await anna.tab('Usage');
    await anna.sees('Nothing was used in this time');
    await anna.checks('usage-empty');

    for (let i = 0; i < 7; i += 1) assert.equal((await publish(made, `hello ${i}`)).status, 201);
    let status;
    for (let i = 0; i < 100 && status !== 201; i += 1) {
      status = (await publish({ key: other.body.key.id, secret: other.body.secret }, 'hello')).status;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.equal(status, 201);

    await anna.page.locator('.usage-total', { hasText: '8 messages' }).waitFor({ timeout: meteredMillisMax });
    await anna.page.getByRole('img', { name: 'Messages by minute' }).waitFor();
    await anna.page.getByLabel('By key').check();
    await anna.page.locator('.legend').getByText(made.key).waitFor();
    await anna.page.getByText('As a table').click();
    await anna.page.getByRole('columnheader', { name: made.key }).waitFor();
    assert.match(await anna.page.locator('tfoot').textContent(), /Sum\D*7\D*1/);
    await anna.checks('usage');

    const [download] = await Promise.all([anna.page.waitForEvent('download'), anna.page.getByText('Download as CSV').click()]);
    assert.match(download.suggestedFilename(), /^usage-.*\.csv$/);
    await anna.page.getByLabel('Period').selectOption({ label: 'Last 12 months, by the month' });
    await anna.page.getByRole('img', { name: 'Messages by month' }).waitFor({ timeout: 45_000 });
    await anna.page.getByLabel('Figure').selectOption('Bytes in');
    await anna.page.locator('.usage-total', { hasText: 'bytes in' }).waitFor();
  });
});
