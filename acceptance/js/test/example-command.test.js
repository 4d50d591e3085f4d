import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { App } from '../harness/app.js';
import { surroundings } from '../harness/surroundings.js';

const app = new App(4907);
const around = surroundings(app);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const empty = mkdtempSync(join(tmpdir(), 'carillon-example-'));
after(() => rmSync(empty, { recursive: true }));

function run(options, settings = {}) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, CARILLON_DATA: empty, ...settings };
  const { status, stdout, stderr } = spawnSync('./carillon', ['example', ...options], { cwd: root, env, encoding: 'utf8', timeout: 30_000 });
  return { status, said: stdout + stderr };
}

describe('./carillon example', () => {
  test('lists the examples', () => {
    const { status, said } = run([]);
    assert.equal(status, 0);
    for (const name of ['react-chat', 'notifications', 'live-dashboard', 'whiteboard', 'webrtc-call', 'laravel-echo', 'location']) {
      assert.match(said, new RegExp(`^  ${name} +\\S`, 'm'));
    }
  });

  test('says what is wrong and what to do', () => {
    const { url } = around.server;
    const known = { CARILLON_URL: url, CARILLON_KEY: app.key, CARILLON_SECRET: app.secret };
    for (const [options, settings, expected] of [
      [['chess'], known, /^chess: no such example \(expected: .*whiteboard/m],
      [['whiteboard', '--port', 'x'], known, /^--port x \(expected: --port and a number/m],
      [['notifications', '--port', String(around.server.port)], known, /^The port \d+ is taken \(expected: --port with a free one/m],
      [['whiteboard'], { CARILLON_URL: url }, /^No demo app in .* \(expected: \.\/carillon start once/m],
      [['whiteboard'], { ...known, CARILLON_URL: 'http://localhost:1' }, /^No server answers at http:\/\/localhost:1 \(expected: start it with \.\/carillon start/m],
      [['whiteboard'], { ...known, CARILLON_SECRET: 'wrong' }, /^The server at .* does not know the key/m],
    ]) {
      const { status, said } = run(options, settings);
      assert.match(said, expected);
      assert.equal(status, 2, said);
    }
  });
});
