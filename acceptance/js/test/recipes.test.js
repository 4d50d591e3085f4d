import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Server } from '../harness/server.js';

const key = 'recipes-key';
const secret = '0123456789abcdef0123456789abcdef';
const recipes = readFileSync(new URL('../../../docs/recipes.md', import.meta.url), 'utf8');
const commands = [...recipes.matchAll(/^```sh\n(curl .*?)^```$/gms)].map(([, command]) => command);

let server;
before(async () => {
  server = await Server.start([`recipes:${key}:${secret}`]);
  // what the command that appends takes for granted
  curl(`curl -u KEY:SECRET https://rt.example.com/v1/channels/chat:42/messages --json '{"name":"message","data":"","id":"answer-1"}'`);
});
after(() => server.remove());

function curl(command) {
  const own = command.replaceAll('KEY:SECRET', `${key}:${secret}`).replaceAll('https://rt.example.com', server.url);
  return execFileSync('bash', ['-c', own.replace(/^curl /, 'curl --silent --fail-with-body ')], { encoding: 'utf8' });
}

// from the last to the first, because the first one makes a rule that does not take texts
for (const command of commands.reverse()) {
  test(`the recipe with ${command.replace(/.*rt.example.com\/(\S+?)[' ].*/s, "$1")} works`, () => {
    assert.ok(JSON.parse(curl(command)));
  });
}
