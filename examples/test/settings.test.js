import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { chosenPort, credentials, Misuse } from '../common/settings.js'

test('the demo app and the address come from the data folder, and variables win', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'carillon-examples-'))
  t.after(() => rm(root, { recursive: true }))
  const env = { CARILLON_DATA: '.' }
  await assert.rejects(credentials(env, root), /No demo app in .* \(expected: \.\/carillon start once/)

  await writeFile(join(root, 'demo-app'), 'app=4711\nkey=k\nsecret=s\n')
  assert.deepEqual(await credentials(env, root), { url: 'http://localhost:8080', app: '4711', key: 'k', secret: 's' })

  await writeFile(join(root, 'address'), 'http://localhost:9090\n')
  const own = { ...env, CARILLON_KEY: 'mine', CARILLON_SECRET: 'too' }
  assert.deepEqual(await credentials(own, root), { url: 'http://localhost:9090', app: '4711', key: 'mine', secret: 'too' })

  const boot = { ...env, CARILLON_URL: 'http://host:1/', CARILLON_BOOTSTRAP_APPS: '1:a:b,2:c:d' }
  assert.deepEqual(await credentials(boot, root), { url: 'http://host:1', app: '1', key: 'a', secret: 'b' })
})

test('a port is a number, or none is given', () => {
  assert.equal(chosenPort([]), undefined)
  assert.equal(chosenPort(['--port', '3000']), 3_000)
  for (const wrong of [['--port'], ['--port', 'x'], ['--port', '70000'], ['3000'], ['--port', '1', '2']]) {
    assert.throws(() => chosenPort(wrong), Misuse)
  }
})
