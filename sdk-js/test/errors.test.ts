import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { CarillonError } from '@carillon/client'
import { pair } from './setup.js'

const catalogue = new Set(
  [...read('../../../docs/errors.md').matchAll(/<a id="([a-z-]+)">/g)].map(([, slug]) => slug),
)
const listed = new Set([...read('../../src/kinds.ts').matchAll(/\| '([a-z-]+)'/g)].map(([, slug]) => slug))

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8')
}

test('every kind that the types list is in the catalogue', () => {
  assert.ok(listed.size > 40)
  assert.deepEqual([...listed].filter((slug) => !catalogue.has(slug)), [])
})

test('every kind of the catalogue is in the types', (context) => {
  const missing = [...catalogue].filter((slug) => !listed.has(slug))
  // a newer server may send what this package does not list, so that is not wrong, but worth a line
  if (missing.length > 0) context.diagnostic(`add to src/kinds.ts: ${missing.join(', ')}`)
})

test('an error says what, why, whether to retry, and where to read on', async () => {
  const { server, client } = pair()
  server.deny('news')
  const error = await client.channel('news').publish('a', 1).catch((thrown: unknown) => thrown)
  assert.ok(error instanceof CarillonError && error instanceof Error)
  assert.deepEqual([error.name, error.kind, error.code, error.retry, error.href], [
    'CarillonError',
    'capability-denied',
    40320,
    'no',
    'https://rt.example.com/docs/errors.md#capability-denied',
  ])
})

test("the client's own errors have a remedy", async () => {
  const { client } = pair()
  client.close()
  const error = await client.channel('news').publish('a', 1).catch((thrown: unknown) => thrown)
  assert.ok(error instanceof CarillonError)
  assert.deepEqual([error.kind, error.code, error.remedy], ['closed', 90003, 'connect() first'])
})
