import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const jar = fileURLToPath(new URL('../../../deploy/standalone/target/carillon-standalone.jar', import.meta.url));
const startMillisMax = 60_000;
const stopMillisMax = 30_000;
const linesKept = 200;
const logMillisMax = 10_000;

/** The packaged server as a process of its own, with its data in a folder of its own. */
export class Server {
  #process;
  #lines = [];

  constructor(folder) {
    this.folder = folder;
  }

  /** Starts with these `id:key:secret` applications and answers when it is ready. */
  static async start(apps, settings = {}) {
    const server = new Server(await mkdtemp(join(tmpdir(), 'carillon-js-')));
    await server.run({ ...settings, CARILLON_BOOTSTRAP_APPS: apps.join(',') });
    return server;
  }

  /** Starts again where it was stopped. */
  async restart() {
    await this.run({ CARILLON_PORT: String(this.port), CARILLON_DEMO_APP: 'false' });
  }

  async run(settings) {
    if (!existsSync(jar)) {
      throw new Error(`${jar} is missing (expected: the packaged server; run mvn package)`);
    }
    const env = { ...withoutSettings(process.env), CARILLON_PORT: '0', CARILLON_DATA: this.folder, ...settings };
    this.#process = spawn(javaCommand(), ['-Xmx512m', '-XX:+UseSerialGC', '-jar', jar], { env });
    this.#process.stderr.on('data', (text) => this.#keep(String(text)));
    this.port = await this.#ready();
    this.url = `http://localhost:${this.port}`;
  }

  #ready() {
    return new Promise((resolve, reject) => {
      const fail = () => {
        clearTimeout(timer);
        reject(new Error(`the server did not become ready:\n${this.#lines.join('\n')}`));
      };
      const timer = setTimeout(() => {
        this.#process.kill('SIGKILL');
        fail();
      }, startMillisMax);
      this.#process.once('exit', fail);
      this.#process.once('error', reject);
      createInterface({ input: this.#process.stdout }).on('line', (line) => {
        this.#keep(line);
        const port = /Carillon is ready on http:\/\/[^:]+:(\d+)/.exec(line)?.[1];
        if (port !== undefined) {
          clearTimeout(timer);
          this.#process.removeListener('exit', fail);
          resolve(Number(port));
        }
      });
    });
  }

  #keep(line) {
    this.#lines.push(line);
    this.#lines.splice(0, this.#lines.length - linesKept);
  }

  /** The first group of the expression in what the server has logged lately, or does within some seconds. */
  async logged(expression) {
    const late = Date.now() + logMillisMax;
    while (Date.now() < late) {
      const found = expression.exec(this.#lines.join('\n'))?.[1];
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${expression} is not in the log:\n${this.#lines.join('\n')}`);
  }

  /** Ends it as a fault does, with no word to anybody; its data stays. */
  async kill() {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }

  /** Asks it to stop and answers when it has; its data stays. */
  async stop() {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), stopMillisMax);
    this.#process.kill('SIGTERM');
    await ended;
    clearTimeout(timer);
  }

  /** Stops it and removes its data. */
  async remove() {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The tests' own variables, and a developer's settings, are not the server's. */
function withoutSettings(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('CARILLON_')));
}

/** The Java that runs the server. */
export function javaCommand() {
  const home = process.env.JAVA_HOME;
  return process.env.CARILLON_JAVA ?? (home ? join(home, 'bin', 'java') : 'java');
}
