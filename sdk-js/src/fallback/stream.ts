import type { ClientFrame, ServerFrame, Welcome } from '../wire.js'
import type { FallbackSettings, Hello, Way, WayListener } from './index.js'
import { request } from './request.js'

/** A stream that says nothing for so long is held back by something on the way. */
const WELCOME_MILLIS_MAX = 5_000
/** The same of a request beside it. */
const UP_MILLIS_MAX = 15_000
/** 13.8. */
const FRAMES_MAX = 100
/** After so many characters a request takes no further frame; far below what servers take (128 KiB). */
const UP_MAX = 30_000

/**
 * 13.6 and 13.8: down by server-sent events, up by requests, one at a time so that their order is kept.
 *
 * @param impossible answers with the way to take instead; called when no welcome came, whether the stream was refused on its
 *   way, broke or is held back
 */
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

  const lost = (reason: unknown): void => {
    if (!signal.aborted) listener.closed(1006, String(reason))
  }

  const giveWay = (): void => {
    if (signal.aborted) return
    close()
    impossible().send(waiting)
  }

  const up = async (): Promise<void> => {
    if (sending || !session || !waiting[0]) return
    sending = true
    timer = clock.setTimeout(() => lost('no answer'), UP_MILLIS_MAX)
    let frames = ''
    for (let n = 0; waiting[0] && n < FRAMES_MAX && frames.length < UP_MAX; n++) frames += (frames && ',') + JSON.stringify(waiting.shift())
    const body = `{"session":"${session}","frames":[${frames}]}`
    const { ok, status } = await fetch(`${base}/v1/up`, { method: 'POST', body, signal })
    if (!ok) throw status
    clock.clearTimeout(timer)
    sending = false
    return up()
  }

  const send = (frames: readonly ClientFrame[]): void => {
    waiting.push(...frames)
    up().catch(lost)
  }

  const receive = (block: string): void => {
    const data = /^data:(.*)/m.exec(block)?.[1]
    if (signal.aborted) return
    // 13.6: in a quiet stream there is a comment, which shows that the server is there
    const frame = (data ? JSON.parse(data) : { t: 'pong' }) as ServerFrame
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
    // whatever else it is ends without a welcome
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    const decoder = new TextDecoder()
    let rest = ''
    for (;;) {
      const { value, done } = await reader.read()
      if (done) throw 'end'
      const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n')
      rest = blocks.pop() as string
      blocks.forEach(receive)
    }
  }

  const close = (): void => {
    clock.clearTimeout(timer)
    abort.abort()
  }

  let timer = clock.setTimeout(giveWay, WELCOME_MILLIS_MAX)
  down().catch((reason: unknown) => (session ? lost(reason) : giveWay()))
  return { send, close }
}
