import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Encoded } from '@carillon/client'
import { msgpack } from '@carillon/client/msgpack'

const hex = (bytes: Encoded) => Buffer.from(bytes as Uint8Array).toString('hex')
const encoded = (value: unknown) => hex(msgpack.encode(value as never))
const decoded = (text: string) => msgpack.decode(new Uint8Array(Buffer.from(text, 'hex')).buffer)[0] as unknown

/** From the specification of the format, each in its shortest form. */
const FORMS: readonly [unknown, string][] = [
  [null, 'c0'],
  [true, 'c3'],
  [false, 'c2'],
  [0, '00'],
  [127, '7f'],
  [128, 'cc80'],
  [255, 'ccff'],
  [256, 'cd0100'],
  [65_535, 'cdffff'],
  [65_536, 'ce00010000'],
  [4_294_967_295, 'ceffffffff'],
  [4_294_967_296, 'cf0000000100000000'],
  [Number.MAX_SAFE_INTEGER, 'cf001fffffffffffff'],
  [-1, 'ff'],
  [-32, 'e0'],
  [-33, 'd0df'],
  [-128, 'd080'],
  [-129, 'd1ff7f'],
  [-32_768, 'd18000'],
  [-32_769, 'd2ffff7fff'],
  [-2_147_483_648, 'd280000000'],
  [-2_147_483_649, 'd3ffffffff7fffffff'],
  [1.5, 'cb3ff8000000000000'],
  ['', 'a0'],
  ['é', 'a2c3a9'],
  ['x'.repeat(31), `bf${'78'.repeat(31)}`],
  ['x'.repeat(32), `d920${'78'.repeat(32)}`],
  ['x'.repeat(256), `da0100${'78'.repeat(256)}`],
  ['x'.repeat(65_536), `db00010000${'78'.repeat(65_536)}`],
  [new Uint8Array([1, 255]), 'c40201ff'],
  [new Uint8Array(256), `c50100${'00'.repeat(256)}`],
  [{}, '80'],
  [{ a: [1, { b: null }] }, '81a16192' + '0181a162c0'],
  [Object.fromEntries(Array.from({ length: 16 }, (_, i) => [String.fromCharCode(97 + i), 0])), `de0010${Array.from({ length: 16 }, (_, i) => `a1${(97 + i).toString(16)}00`).join('')}`],
]

for (const [value, form] of FORMS) {
  test(`MessagePack ${form.slice(0, 20)}`, () => {
    assert.equal(encoded(value), form)
    assert.deepEqual(decoded(form), value)
  })
}

test('arrays of any length', () => {
  for (const length of [0, 15, 16, 65_535, 65_536]) {
    const form = encoded({ m: Array.from({ length }, () => 1) })
    assert.equal((decoded(form) as { m: number[] }).m.length, length)
  }
})

test('several frames in one message', () => {
  const message = msgpack.join([msgpack.encode({ t: 'ping' }), msgpack.encode({ t: 'bye' })]) as Uint8Array<ArrayBuffer>
  assert.deepEqual(msgpack.decode(message.buffer), [{ t: 'ping' }, { t: 'bye' }])
})

test('what JSON leaves out or turns into something else', () => {
  assert.equal(encoded({ a: undefined, b: () => {}, c: Number.NaN, d: new Date(0) }), encoded({ c: null, d: '1970-01-01T00:00:00.000Z' }))
  assert.equal(encoded(-0), '00')
  assert.equal(encoded(2n ** 64n - 1n), 'cfffffffffffffffff')
  assert.equal(encoded(-(2n ** 63n)), 'd38000000000000000')
})

test('a key that is no string is ignored, and __proto__ is a key like others', () => {
  assert.deepEqual(decoded('82' + '0101' + 'a16102'), { a: 2 })
  const value = decoded(`81a9${Buffer.from('__proto__').toString('hex')}80`) as object
  assert.ok(Object.hasOwn(value, '__proto__'))
})

test('what is cut short, nested too deep or no JSON is refused', () => {
  for (const form of ['', 'a5', '92', 'c1', 'd60000000000', '91'.repeat(101) + 'c0', 'dfffffffff']) {
    assert.throws(() => decoded(form), RangeError, form)
  }
})

test('an error leaves nothing behind', () => {
  const circular: { self?: unknown } = {}
  circular.self = circular
  assert.throws(() => msgpack.encode(circular as never))
  assert.equal(encoded({ t: 'ping' }), '81a174a470696e67')
})

interface Vectors {
  readonly client: readonly { readonly name: string; readonly json: unknown; readonly msgpack: string }[]
  readonly server: readonly { readonly name: string; readonly json: unknown; readonly msgpack: string }[]
}

const file = new URL('../../../docs/protocol/vectors/msgpack.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors

/** Base64 beside `enc` is how JSON has bytes: 1.9. */
function withBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBytes)
  if (value === null || typeof value !== 'object') return value
  const { enc, ...rest } = value as { readonly enc?: string; readonly d?: string }
  if (enc === 'b64') return { ...(withBytes(rest) as object), d: new Uint8Array(Buffer.from(rest.d ?? '', 'base64')) }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withBytes(each)]))
}

for (const { name, json, msgpack: form } of vectors.client) {
  test(`clauses 1.7 to 1.9: writes ${name}`, () => {
    const frames = [withBytes(json)].flat() as never[]
    const parts = frames.map((frame) => msgpack.encode(frame))
    assert.equal(hex(parts.length === 1 ? (parts[0] as Encoded) : msgpack.join(parts)), form)
  })
}

for (const { name, json, msgpack: form } of vectors.server) {
  test(`clauses 1.7 to 1.9: reads ${name}`, () => {
    const bytes = new Uint8Array(Buffer.from(form, 'hex'))
    assert.deepEqual(msgpack.decode(bytes.buffer), [withBytes(json)].flat())
  })
}
