import type { ServerFrame, WirePosition } from '../wire.js'
import type { Hub } from './hub.js'
import { problemOf } from './problems.js'
import { Line } from './socket.js'

/** Which ways over HTTP pass. */
export interface Passage {
  streams: boolean
  polls: boolean
}

const STATUS = { no: 403, token: 401, now: 503, later: 503 } as const

/** The protocol over HTTP, in memory, as a `fetch`. */
export function fetchOf(hub: Hub, passage: Passage): typeof fetch {
  const sessions = new Map<string, Line>()
  return async (input, init = {}) => {
    const url = new URL(String(input))
    const signal = init.signal ?? new AbortController().signal
    const token = new Headers(init.headers).get('authorization')?.slice('Bearer '.length)
    const who = token === undefined ? { key: url.searchParams.get('key') ?? '' } : { token }
    if (hub.faults.unreachable) throw new TypeError('fetch failed')
    if (url.pathname === '/v1/sse') return passage.streams ? stream(hub, sessions, who, signal) : held(signal)
    if (url.pathname === '/v1/up') return up(hub, sessions, String(init.body))
    if (url.pathname === '/v1/poll' && passage.polls) return poll(hub, url.searchParams, who, signal)
    return new Response('', { status: 404 })
  }
}

/** A proxy that keeps a response until it ends. */
function held(signal: AbortSignal): Promise<Response> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
}

/** What `hello` is answered with. */
function greeted(hub: Hub, line: Line, who: object): void {
  hub.accepted(line)
  hub.said(line, [{ t: 'hello', ...who }])
}

function problem(frame: ServerFrame): Response | undefined {
  if (frame.t !== 'err') return undefined
  const { kind, code, msg, retry } = frame
  const body = JSON.stringify({ code: kind, number: code, detail: msg, retry })
  return new Response(body, { status: STATUS[retry], headers: { 'content-type': 'application/problem+json' } })
}

function stream(hub: Hub, sessions: Map<string, Line>, who: object, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve) => {
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined
    const body = new ReadableStream<Uint8Array>({ start: (started) => void (controller = started) })
    const event = (frame: object & { readonly t: string }): void =>
      controller?.enqueue(new TextEncoder().encode(`event: ${frame.t}\ndata: ${JSON.stringify(frame)}\n\n`))
    const line = new Line({
      fire(name, { data }: { readonly data?: string }) {
        if (name === 'onclose') return controller?.close()
        for (const frame of JSON.parse(data ?? '[]') as ServerFrame[]) {
          const refusal = frame.t === 'err' && !sessions.has(session) ? problem(frame) : undefined
          if (refusal) resolve(refusal)
          else if (frame.t !== 'welcome') event(frame)
          else {
            sessions.set(session, line)
            event({ ...frame, session } as ServerFrame)
            resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }))
          }
        }
      },
    })
    const session = `session-${sessions.size + 1}`
    signal.addEventListener('abort', () => {
      line.cut()
      hub.left(line)
    })
    greeted(hub, line, who)
  })
}

function up(hub: Hub, sessions: Map<string, Line>, body: string): Response {
  const { session, frames } = JSON.parse(body)
  const line = sessions.get(session)
  if (!line?.isOpen) return new Response('', { status: 404 })
  queueMicrotask(() => hub.said(line, frames))
  return new Response(null, { status: 204 })
}

/** A poll, with the positions themselves as the cursor. */
async function poll(hub: Hub, query: URLSearchParams, who: object, signal: AbortSignal): Promise<Response> {
  if (!query.has('ch') && !query.has('cursor')) return problem({ t: 'err', ...problemOf('bad-request', 40000) }) as Response
  const frames: ServerFrame[] = []
  const line = new Line({
    fire: (_, { data }: { readonly data?: string }) => void frames.push(...(JSON.parse(data ?? '[]') as ServerFrame[])),
  })
  greeted(hub, line, who)
  const cursor = query.get('cursor')
  const positions: { [channel: string]: WirePosition } = cursor ? JSON.parse(atob(cursor)) : {}
  const rewinds = query.getAll('rewind')
  const since = query.getAll('since').map((text) => text.split('@').map(Number))
  query.getAll('ch').forEach((ch, index) => {
    const [e, o] = since[index] ?? []
    const place = o === undefined ? { rewind: Number(rewinds[index] ?? 0) } : { since: { e, o } }
    hub.said(line, [{ t: 'sub', i: 0, ch, ...place }])
  })
  for (const [ch, position] of Object.entries(positions)) hub.said(line, [{ t: 'sub', ch, since: position }])
  await Promise.resolve()
  const news = (): ServerFrame[] =>
    frames.splice(0).flatMap((frame) => {
      if (frame.t === 'subbed' && frame.recovered) positions[frame.ch] = { e: frame.e, o: frame.start }
      else if (frame.t !== 'welcome') return [frame]
      return []
    })
  let told = news()
  if (told.length === 0) {
    await new Promise<void>((resolve, reject) => {
      const timer = hub.clock.setTimeout(resolve, Number(query.get('wait')) * 1_000)
      hub.waiting.add(() => {
        hub.clock.clearTimeout(timer)
        // what is said in this turn is joined
        queueMicrotask(() => queueMicrotask(resolve))
      })
      signal.addEventListener('abort', () => {
        hub.clock.clearTimeout(timer)
        reject(signal.reason)
      })
    }).finally(() => hub.left(line))
    told = news()
  }
  hub.left(line)
  line.cut()
  const refusal = told[0] && problem(told[0])
  if (refusal && !('ch' in (told[0] ?? {}))) return refusal
  for (const frame of told) {
    if (frame.t === 'subbed') positions[frame.ch] = frame.recovered === false ? { e: frame.e, o: frame.o } : { e: frame.e, o: frame.start }
    if (frame.t === 'msg') positions[frame.ch] = { e: frame.e, o: frame.o }
  }
  return Response.json({ frames: told.map((frame) => ({ ...frame, i: undefined })), cursor: btoa(JSON.stringify(positions)) })
}
