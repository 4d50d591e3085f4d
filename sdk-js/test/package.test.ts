import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'

const require = createRequire(import.meta.url)
const { exports } = require('@carillon/client/package.json') as { exports: Record<string, unknown> }
const entries = Object.keys(exports).filter((name) => !name.endsWith('.json'))

for (const entry of entries) {
  test(`${entry} is the same for require and import`, async () => {
    const name = `@carillon/client${entry.slice(1)}`
    const required = require(name) as object
    const imported = (await import(name)) as object
    assert.ok(Object.keys(imported).length > 0)
    assert.deepEqual(Object.keys(required).filter((key) => key !== 'default').sort(), Object.keys(imported).sort())
  })
}

test('the client works when it is required', async () => {
  const { Carillon } = require('@carillon/client') as typeof import('@carillon/client')
  const { TestServer } = require('@carillon/client/testing') as typeof import('@carillon/client/testing')
  const server = new TestServer()
  server.setPassage({ sockets: false })
  const client = new Carillon('https://rt.example.com', { ...server.options, getToken: () => 'token' })
  const published = client.channel('news').publish('a', 1)
  await server.advance(20_000)
  assert.equal((await published).offset, 1)
  client.close()
})

test('no file of the package imports anything but its own files and react', () => {
  const folder = new URL('../../dist/', import.meta.url)
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    if (!name.endsWith('.js')) continue
    const text = readFileSync(new URL(name, folder), 'utf8')
    for (const [, from] of text.matchAll(/(?:from |import\(|require\()["']([^"']+)["']/g)) {
      assert.ok(from?.startsWith('.') || from === 'react', `${name} imports ${from}`)
    }
  }
})
