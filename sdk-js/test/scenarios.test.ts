import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { settle, TestServer } from '@carillon/client/testing'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

interface Step {
  readonly connect?: string
  readonly send?: string
  readonly frame?: Json
  readonly frames?: Json[]
  readonly text?: string
  readonly expect?: string
  readonly silence?: string
  readonly closed?: string
  readonly code?: readonly [number, number]
  readonly cut?: string
  readonly publish?: { readonly ch: string; readonly n: string; readonly d?: Json; readonly id?: string; readonly times?: number }
  readonly token?: string
  readonly clientId?: string
  readonly allow?: { readonly [pattern: string]: string }
  readonly seconds?: number
  readonly 'lose-log'?: true
}

interface Scenario {
  readonly name: string
  readonly clauses: readonly string[]
  readonly steps: readonly Step[]
}

const KEY = 'key-1'
const folder = new URL('../../../docs/protocol/vectors/scenarios/', import.meta.url)

/** A connection without the library: what it was told, and how it ended. */
class Wire {
  readonly frames: Json[] = []
  code: number | undefined
  readonly #socket

  constructor(server: TestServer) {
    this.#socket = new server.WebSocket('', '')
    this.#socket.onmessage = ({ data }: { data: string }) => this.frames.push(...[JSON.parse(data)].flat())
    this.#socket.onclose = ({ code }: { code: number }) => (this.code = code)
  }

  send(text: string): void {
    this.#socket.send(text)
  }

  cut(): void {
    this.#socket.close()
  }
}

class Play {
  readonly #server = new TestServer({ key: KEY })
  readonly #wires = new Map<string, Wire>()
  readonly #names = new Map<string, Json>([['KEY', KEY]])

  async step(step: Step): Promise<void> {
    if (step.connect) this.#wires.set(step.connect, new Wire(this.#server))
    if (step.send) this.#wire(step.send).send(step.text ?? JSON.stringify(this.#filled(step.frame ?? null)))
    if (step.token) this.#names.set(step.token, this.#token(step))
    if (step.cut) this.#wire(step.cut).cut()
    if (step['lose-log']) {
      this.#server.resetEpoch()
      this.#server.drop()
    }
    if (step.publish) this.#publish(step.publish)
    await settle()
    if (step.expect) this.#expect(this.#wire(step.expect), step)
    if (step.silence) await this.#silence(this.#wire(step.silence))
    if (step.closed) {
      const { code } = this.#wire(step.closed)
      const [from, to] = step.code ?? [0, 9_999]
      assert.ok(code !== undefined && code >= from && code <= to, `closed with ${code} (expected: ${from} to ${to})`)
    }
  }

  #wire(name: string): Wire {
    return this.#wires.get(name) ?? assert.fail(`no connection ${name}`)
  }

  #publish({ ch, n, d = null, id, times }: NonNullable<Step['publish']>): void {
    if (times === undefined) this.#server.publish(ch, n, d, id)
    else for (let i = 0; i < times; i++) this.#server.publish(ch, n, i)
  }

  #token({ clientId, allow = {}, seconds = 3_600 }: Step): string {
    const cap = Object.fromEntries(Object.entries(allow).map(([pattern, words]) => [pattern, words.split(' ')]))
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    return [{}, { sub: clientId, exp: this.#server.clock.now() / 1_000 + seconds, cap }, {}].map(part).join('.')
  }

  #filled(value: Json): Json {
    if (typeof value === 'string' && value.startsWith('$')) return this.#named(value)
    if (Array.isArray(value)) return value.map((each) => this.#filled(each))
    if (value && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.#filled(each)]))
    }
    return value
  }

  #named(text: string): Json {
    const [, name = '', more] = /^\$([^+]+)(?:\+(\d+))?$/.exec(text) ?? []
    const value = this.#names.get(name)
    assert.notEqual(value, undefined, `${text} was never said`)
    return more === undefined ? (value as Json) : (value as number) + Number(more)
  }

  #expect(wire: Wire, { frame, frames }: Step): void {
    const wanted = frames ?? [frame ?? null]
    const got = wire.frames.splice(0, wanted.length)
    for (const each of wanted) {
      const at = frames ? got.findIndex((candidate) => this.#matches(candidate, each)) : 0
      const found = got.splice(Math.max(at, 0), 1)[0]
      assert.ok(at >= 0 && this.#matches(found, each), `${JSON.stringify(found)} (expected: ${JSON.stringify(each)})`)
    }
  }

  /** Names that are said for the first time are kept when all of the frame matches. */
  #matches(got: Json | undefined, wanted: Json): boolean {
    const before = new Map(this.#names)
    const fits = this.#fits(got, wanted)
    if (!fits) for (const name of this.#names.keys()) if (!before.has(name)) this.#names.delete(name)
    return fits
  }

  #fits(got: Json | undefined, wanted: Json, isData = false): boolean {
    if (wanted === '$any') return got !== undefined
    if (typeof wanted === 'string' && wanted.startsWith('$')) {
      const name = wanted.slice(1)
      if (!wanted.includes('+') && !this.#names.has(name)) {
        this.#names.set(name, got as Json)
        return got !== undefined
      }
      return same(got, this.#named(wanted))
    }
    if (wanted === null || typeof wanted !== 'object' || isData) return isData ? same(got, wanted) : (got ?? null) === wanted
    if (Array.isArray(wanted)) {
      return Array.isArray(got) && got.length === wanted.length && wanted.every((each, i) => this.#fits(got[i], each))
    }
    if (!got || typeof got !== 'object' || Array.isArray(got)) return false
    return Object.entries(wanted).every(([key, each]) => {
      const data = key === 'd' && each !== null && typeof each === 'object'
      return this.#fits(got[key], each, data)
    })
  }

  async #silence(wire: Wire): Promise<void> {
    wire.send('{"t":"ping"}')
    await settle()
    assert.deepEqual(wire.frames.splice(0), [{ t: 'pong' }])
  }
}

function same(got: Json | undefined, wanted: Json): boolean {
  try {
    assert.deepEqual(got, wanted)
    return true
  } catch {
    return false
  }
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const { scenarios } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { scenarios: Scenario[] }
  for (const { name, clauses, steps } of scenarios) {
    test(`clauses ${clauses.join(', ')}: ${name}`, async () => {
      const play = new Play()
      for (const step of steps) await play.step(step)
    })
  }
}
