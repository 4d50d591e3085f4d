import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { within } from './wait.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const startMillisMax = 60_000;
const stopMillisMax = 10_000;
const actionMillisMax = 20_000;
/** What a page may complain of while a test cuts its network. */
const network = /net::ERR|WebSocket connection to|Failed to load resource/;

/** In the page, between its parsing and its scripts: an answer that is made up would count as of no network, and may not connect here. */
function connectThrough(network) {
  document.addEventListener('readystatechange', () => {
    if (document.readyState === 'interactive') document.querySelector('meta[name=carillon]').content = network;
  });
}

/** An example, started by the command that people type, and windows of its page. */
export class Example {
  #process;
  #windows = [];

  /** @param around see `surroundings`; @param options of the command */
  static async start(name, app, around, options = ['--port', '0']) {
    const example = new Example();
    example.name = name;
    example.around = around;
    const env = {
      ...Object.fromEntries(Object.entries(process.env).filter(([each]) => !each.startsWith('CARILLON_'))),
      CARILLON_URL: around.server.url,
      CARILLON_APP: app.id,
      CARILLON_KEY: app.key,
      CARILLON_SECRET: app.secret,
    };
    example.#process = spawn('./carillon', ['example', name, ...options], { cwd: root, env, detached: true });
    example.url = await within(`address of ${name}`, example.#address(), startMillisMax).catch((error) => {
      example.kill();
      throw error;
    });
    return example;
  }

  #address() {
    const said = [];
    return new Promise((resolve, reject) => {
      this.#process.once('exit', (code) => reject(new Error(`it ended with ${code}:\n${said.join('\n')}`)));
      for (const stream of [this.#process.stdout, this.#process.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          said.push(line);
          const url = /http:\/\/localhost:\d+\//.exec(line)?.[0];
          if (url) resolve(url);
        });
      }
    });
  }

  /**
   * A window of its own, as another device or person has it.
   *
   * @param network where the page connects to instead of the server: a proxy's address
   */
  async open(query = '', { network: through = this.around.server.url, size = { width: 960, height: 640 } } = {}) {
    const context = await this.around.browser.newContext({ viewport: size });
    const page = await context.newPage();
    page.setDefaultTimeout(actionMillisMax);
    page.complaints = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !network.test(message.text())) page.complaints.push(message.text());
    });
    page.on('pageerror', (error) => page.complaints.push(String(error)));
    await page.addInitScript(connectThrough, through);
    await page.goto(`${this.url}?${query}`);
    this.#windows.push(page);
    return page;
  }

  /** Closes a window, as a person does who leaves. */
  async close(page) {
    this.#windows.splice(this.#windows.indexOf(page), 1);
    await page.context().close();
  }

  /** Everything that windows complained of, but for the network. */
  get complaints() {
    return this.#windows.flatMap(({ complaints }) => complaints);
  }

  /**
   * Nothing of the page is wider than its window, and everything has a name and can be read. Makes a picture for people,
   * where CARILLON_TEST_PICTURES names a folder.
   */
  async look(page, name) {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(over <= 0, `${this.name} ${name}: ${over} pixels wider than its window`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`), [], `${this.name} ${name}`);
    const folder = process.env.CARILLON_TEST_PICTURES;
    if (!folder) return;
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: `${folder}/${this.name}-${name}.png` });
  }

  /** As Ctrl-C does: to all of the command's processes. Answers with the exit code. */
  async stop() {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    process.kill(-this.#process.pid, 'SIGINT');
    return within('end after Ctrl-C', ended, stopMillisMax).catch((error) => {
      this.kill();
      throw error;
    });
  }

  kill() {
    if (this.#process.exitCode === null) process.kill(-this.#process.pid, 'SIGKILL');
  }
}
