import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, afterEach, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch } from '../harness/browser.js';
import { javaCommand, Server } from '../harness/server.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const programs = join(root, 'docs/start/programs');
const app = { id: '7', key: 'start-key', secret: '0123456789abcdef0123456789abcdef' };
const patienceMillis = 30_000;
let server;
let folder;
let running = [];

before(async () => {
  server = await Server.start([`${app.id}:${app.key}:${app.secret}`]);
  folder = await mkdtemp(join(tmpdir(), 'carillon-start-'));
  for (const name of await readdir(programs)) await writeFile(join(folder, name), await here(name));
  // what npm install does
  await mkdir(join(folder, 'node_modules/@carillon'), { recursive: true });
  await symlink(join(root, 'sdk-js'), join(folder, 'node_modules/@carillon/client'));
  for (const name of ['ws', 'pusher', 'pusher-js']) await symlink(join(root, 'acceptance/js/node_modules', name), join(folder, 'node_modules', name));
  await cp(join(root, 'sdk-js/dist'), join(folder, 'carillon'), { recursive: true });
});
afterEach(() => {
  for (const process of running.splice(0)) process.kill();
});
after(async () => {
  await rm(folder, { recursive: true, force: true });
  await server?.remove();
});

/** The program as it is documented, for this server. */
async function here(name) {
  return (await readFile(join(programs, name), 'utf8')).replaceAll('http://localhost:8080', server.url);
}

const env = () => ({
  ...process.env,
  CARILLON_URL: server.url,
  CARILLON_PORT: String(server.port),
  CARILLON_APP: app.id,
  CARILLON_KEY: app.key,
  CARILLON_SECRET: app.secret,
  PORT: '0',
});

/** A program that goes on, whose lines can be waited for. */
function started(command, ...words) {
  const process = spawn(command, words, { cwd: folder, env: env(), stdio: ['ignore', 'pipe', 'inherit'] });
  running.push(process);
  const lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  return { next: async () => (await lines.next()).value };
}

const ends = (command, ...words) => execFileSync(command, words, { cwd: folder, env: env(), encoding: 'utf8', timeout: patienceMillis });

test('Node: a worker hears what a backend publishes', { timeout: patienceMillis }, async () => {
  const worker = started('node', 'worker.mjs');
  assert.equal(await worker.next(), 'listening');
  assert.match(ends('node', 'publish.mjs'), /^201 /);
  assert.match(await worker.next(), /^order 4711 at \d+@1$/);
  assert.match(ends('node', 'publish.mjs'), /duplicate: true/);
});

test('Pusher: pusher-js hears what the library for Node triggers', { timeout: patienceMillis }, async () => {
  const page = started('node', 'listen-pusher.mjs');
  assert.equal(await page.next(), 'listening');
  ends('node', 'trigger-pusher.mjs');
  assert.equal(await page.next(), 'hello from Node');
});

test('Java: a client hears what a backend publishes', { timeout: 2 * patienceMillis }, async () => {
  const libraries = join(root, 'deploy/standalone/target/lib');
  const library = (await readdir(libraries)).find((name) => /^carillon-sdk-java-[\d.]+(-SNAPSHOT)?\.jar$/.test(name));
  const said = ends(javaCommand(), '-cp', join(libraries, library), 'First.java', server.url, app.key, app.secret);
  assert.match(said, /\{order=4711\} at \d+@\d+/);
});

/** What somebody does in both pages: says a line, which comes back as a message of the channel. */
async function talk(url, text) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(patienceMillis);
    const faults = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(url);
    await page.locator('input').fill(text);
    await page.locator('input').press('Enter');
    await page.getByText(`ann: ${text}`).waitFor();
    await page.reload();
    await page.getByText(`ann: ${text}`).waitFor();
    assert.deepEqual(faults, []);
  } finally {
    await browser.close();
  }
}

test('browser: a page says something, and has it after a reload', async () => {
  const url = await started('node', 'backend.mjs').next();
  await talk(url, 'hello from a page');
});

test('React: the same room', async () => {
  await writeFile(join(folder, 'main.jsx'), "import { createRoot } from 'react-dom/client'\nimport { App } from './Room.jsx'\ncreateRoot(document.querySelector('#app')).render(<App />)\n");
  for (const name of ['react', 'react-dom', 'scheduler']) await symlink(join(root, 'sdk-js/node_modules', name), join(folder, 'node_modules', name));
  const bundle = ['main.jsx', '--bundle', '--jsx=automatic', '--format=esm', '--outfile=carillon/room.js', '--log-level=error'];
  ends(join(root, 'sdk-js/node_modules/.bin/esbuild'), ...bundle);
  await writeFile(join(folder, 'room.html'), '<!doctype html><title>React</title><div id="app"></div><script type="module" src="carillon/room.js"></script>');
  const url = await started('node', 'backend.mjs').next();
  await talk(`${url}/room.html`, 'hello from React');
});
