import { batches, type Encoded, json } from '../link.js'
import type { ClientFrame, ServerFrame, Welcome } from '../wire.js'
import type { FallbackSettings, Hello, Way, WayListener } from './index.js'
import { request } from './request.js'

/** A stream that says nothing for so long is held back by something on the way. */
const WELCOME_MILLIS_MAX = 5_000

/** 13.6 and 13.8: down by server-sent events, up by requests, one at a time so that their order is kept. */
export function stream(
  settings: FallbackSettings,
  hello: Hello,
  listener: WayListener,
  impossible: () => Way,
): Way {
  const { base, fetch, clock } = settings
  const abort = new AbortController()
  const { signal } = abort
  const waiting: ClientFrame[] = []
  let session: string | undefined
  let sending = false
  let other: Way | undefined

  const lost = (reason: unknown): void => {
    if (!signal.aborted) listener.closed(1006, String(reason))
  }

  const giveWay = (): void => {
    if (signal.aborted) return
    abort.abort()
    other = impossible()
    other.send(waiting)
  }

  const up = async (): Promise<void> => {
    if (sending || session === undefined) return
    sending = true
    const messages: Encoded[] = []
    batches(waiting.splice(0).map(json.encode), json, (message) => messages.push(message))
    for (const message of messages) {
      const body = `{"session":"${session}","frames":${String(message).startsWith('[') ? message : `[${message}]`}}`
      const response = await fetch(`${base}/v1/up`, { method: 'POST', body, signal })
      if (!response.ok) return lost(response.status)
    }
    sending = false
    if (waiting[0]) return up()
  }

  const send = (frames: readonly ClientFrame[]): void => {
    waiting.push(...frames)
    up().catch(lost)
  }

  const receive = (block: string): void => {
    const data = block.match(/^data:.*/gm)?.map((line) => line.slice(5)).join('\n')
    if (data === undefined || signal.aborted) return
    const frame = JSON.parse(data) as ServerFrame
    if (frame.t !== 'welcome') return listener.received([frame])
    session = (frame as Welcome & { readonly session: string }).session
    clock.clearTimeout(timer)
    settings.works(false)
    listener.received([{ ...frame, i: hello.i }])
    send([])
  }

  const down = async (): Promise<void> => {
    const response = await request(settings, hello, listener, '/v1/sse?', signal)
    if (!response) return
    if (!response.ok || !response.body) return giveWay()
    const reader = response.body.getReader()
    const decoder = new TextDecoder()
    let rest = ''
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return session === undefined ? giveWay() : lost('end')
      const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      blocks.forEach(receive)
    }
  }

  const timer = clock.setTimeout(giveWay, WELCOME_MILLIS_MAX)
  down().catch(lost)
  return {
    send: (frames) => (other ? other.send(frames) : send(frames)),
    close() {
      clock.clearTimeout(timer)
      abort.abort()
    },
  }
}
