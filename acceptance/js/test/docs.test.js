import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from '../harness/browser.js';
import { Server } from '../harness/server.js';

const pictures = process.env.CARILLON_TEST_PICTURES;
let server;
let browser;

before(async () => {
  server = await Server.start([]);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.remove();
});

/** A page whose complaints are kept: of scripts, of the policy, of files that are missing. */
async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('request', (request) => request.url().startsWith(server.url) || complaints.push(`elsewhere: ${request.url()}`));
  page.on('response', (response) => response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`));
  const response = await page.goto(server.url + path);
  return { page, complaints, response };
}

async function picture(page, name) {
  if (!pictures) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

test('somebody finds a page by searching, and the REST reference from there', async () => {
  const { page, complaints, response } = await open('/docs/');
  assert.match(response.headers()['content-security-policy'], /default-src 'none'; script-src 'self' 'sha256-/);
  await page.getByRole('heading', { name: 'Carillon', level: 1 }).waitFor();
  await picture(page, 'docs-home');

  await page.getByRole('button', { name: 'Search' }).first().click();
  await page.getByRole('searchbox').or(page.locator('#localsearch-input')).first().fill('an answer that grows');
  const result = page.locator('.VPLocalSearchBox .result').filter({ hasText: 'An answer that grows' }).first();
  await result.waitFor();
  await picture(page, 'docs-search');
  await result.click();
  await page.waitForURL('**/docs/recipes#an-answer-that-grows');
  await page.getByRole('heading', { name: /An answer that grows/ }).waitFor();
  await picture(page, 'docs-recipe');

  await page.locator('.VPNavBar').getByRole('link', { name: 'Reference' }).click();
  await page.getByRole('heading', { name: /REST: all calls/, level: 1 }).waitFor();
  await page.locator('main').getByRole('link', { name: 'Publish a message to a channel', exact: true }).click();
  await page.getByRole('heading', { name: /Publish a message to a channel/ }).waitFor();
  await picture(page, 'docs-rest');
  assert.deepEqual(complaints, []);
});

test('pages open by their address, also in the dark, on a phone and when there is none', async () => {
  const dark = await open('/docs/protocol/carillon-v1', { colorScheme: 'dark' });
  assert.equal(await dark.page.evaluate(() => document.documentElement.classList.contains('dark')), true);
  await picture(dark.page, 'docs-dark');
  const phone = await open('/docs/migrating/socket.io', { viewport: { width: 375, height: 812 } });
  await phone.page.getByRole('heading', { level: 1 }).waitFor();
  await picture(phone.page, 'docs-phone');
  const errors = await open('/docs/errors.md#capability-denied');
  assert.match(errors.page.url(), /\/docs\/errors#capability-denied$/);
  for (const { complaints } of [dark, phone, errors]) assert.deepEqual(complaints, []);

  const missing = await open('/docs/there/is/none');
  assert.equal(missing.response.status(), 404);
  await missing.page.getByText('PAGE NOT FOUND').waitFor();
});

test('the console leads to the documentation', async () => {
  const { page } = await open("/");
  await page.getByRole('link', { name: 'Documentation' }).click();
  await page.getByRole('heading', { name: 'Carillon', level: 1 }).waitFor();
  assert.match(page.url(), /\/docs\/$/);
});
