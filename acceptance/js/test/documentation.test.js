import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { blocks } from '../../../docs/site/blocks.js';
import { javaCommand, Server } from '../harness/server.js';
import { Tenant } from '../harness/tenant.js';

const jar = fileURLToPath(new URL('../../../deploy/standalone/target/carillon-standalone.jar', import.meta.url));
const secret = '0123456789abcdef0123456789abcdef';
const streamMillis = 3;
/** curl's exit code for a stream that was read for as long as it was told to. */
const timedOut = 28;
const all = blocks();
const runs = all.filter(({ kind }) => kind === 'run on a server');
const documents = [...new Set(runs.map(({ document }) => document))].map((document) => [document, runs.filter((each) => each.document === document)]);
const keyOf = (at) => `documented-${at}`;
let server;
let token;
let folder;

before(async () => {
  server = await Server.start(documents.map((_, at) => `${at + 1}:${keyOf(at)}:${secret}`));
  const tenant = await Tenant.signedUp(server, 'docs@example.com');
  ({ secret: token } = await tenant.call('POST', '/access-tokens', { label: 'docs', role: 'developer', days: 1 }));
  folder = await mkdtemp(join(tmpdir(), 'carillon-documented-'));
  // ./carillon of the documentation, for what it says on a terminal
  const program = ['#!/bin/sh', `exec "${javaCommand()}" -XX:TieredStopAtLevel=1 -Dcarillon.terminals=out,err -Dcarillon.folder=${folder} -jar ${jar} "$@"`];
  await writeFile(join(folder, 'carillon'), program.join('\n'));
  await chmod(join(folder, 'carillon'), 0o755);
});
after(async () => {
  await rm(folder, { recursive: true, force: true });
  await server?.remove();
});

/** The command with this server, this application and its key in place of what the page has. */
function here(command, key) {
  return command
    .replaceAll(/\bKEY\b/g, key)
    .replaceAll(/\bSECRET\b/g, secret)
    .replaceAll(/https?:\/\/(rt\.example\.com|localhost:8080)/g, server.url)
    .replaceAll(/\bcurl -N /g, `curl -N --max-time ${streamMillis} `)
    .replaceAll(/\bcurl /g, 'curl --silent --show-error --fail-with-body ');
}

/** What it says on both outputs, with its exit code. One that goes on for ever is ended when it has said so many lines. */
function run(command, key, lines = Infinity) {
  const env = { ...process.env, NO_COLOR: '1', CARILLON_URL: server.url, CARILLON_KEY: key, CARILLON_SECRET: secret, CARILLON_TOKEN: token, CARILLON_DATA: server.folder };
  // the commands of an application's client would take the token for a client's
  if (!/CARILLON_TOKEN|carillon apply/.test(command)) delete env.CARILLON_TOKEN;
  const own = `set -e; exec 2>&1; ${/ subscribe /.test(command) ? 'exec ' : ''}${here(command, key)}`;
  return new Promise((resolve) => {
    let heard = '';
    const child = execFile('bash', ['-c', own], { cwd: folder, env, timeout: 60_000 }, (error, said) => resolve({ code: error?.code ?? 0, said }));
    child.stdout.on('data', (text) => {
      heard += text;
      if (heard.split('\n').length > lines) child.kill('SIGINT');
    });
  });
}

/** Numbers, times and positions are others each time; columns are as wide as they need to be; progress is written over. */
const masked = (said) =>
  said
    .split('\n')
    .map((line) => line.replace(/^[^]*\x1B\[K/, '').replaceAll(/\d[\d,.:]*/g, '#').replaceAll(/ +/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');

/** Commands behind a dollar, each with what it says. */
function dialogue(text) {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((each) => ({ command: each.slice(0, each.indexOf('\n')), said: each.slice(each.indexOf('\n') + 1) }))
    .filter(({ command }) => !command.startsWith('export '));
}

for (const [document, own] of documents) {
  const key = keyOf(documents.findIndex(([name]) => name === document));
  describe(document, () => {
    before(async () => {
      if (document !== 'docs/cli.md') return;
      const orders = [
        { name: 'placed', data: { order: 4711, total: 19.9 } },
        { name: 'placed', data: { order: 4712, total: 5 } },
        { name: 'shipped', data: { order: 4711 } },
      ];
      for (const each of orders) {
        const { code, said } = await run(`curl -u KEY:SECRET http://localhost:8080/v1/channels/orders/messages --json '${JSON.stringify(each)}'`, key);
        assert.equal(code, 0, said);
      }
    });

    for (const { place, language, text } of own) {
      test(place, async () => {
        if (language === 'yaml') {
          await writeFile(join(folder, /^# ([\w.-]+)\n/.exec(text)[1]), text);
        } else if (language === 'sh') {
          const { code, said } = await run(text, key);
          const stream = text.includes('curl -N');
          assert.ok(code === 0 || (stream && code === timedOut), `${code}: ${said}`);
          assert.ok(said.length > 0, 'it said nothing');
        } else {
          for (const each of dialogue(text)) {
            const endless = / subscribe /.test(each.command);
            const { said } = await run(each.command, key, endless ? each.said.trim().split('\n').length : Infinity);
            assert.equal(masked(said), masked(each.said), each.command);
          }
        }
      });
    }
  });
}

for (const { place, text } of all.filter(({ kind }) => kind === 'settings')) {
  test(`a server starts with the settings of ${place}`, async () => {
    const file = join(folder, 'settings.yml');
    await writeFile(file, text);
    const own = await Server.start([], { CARILLON_CONFIG: file });
    try {
      assert.equal((await fetch(`${own.url}/health`)).status, 200);
    } finally {
      await own.remove();
    }
  });
}
