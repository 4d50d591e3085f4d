import type { Channel, PublishOptions, PublishResult } from './channel.js'
import { append, update } from './edits.js'
import { asError, type CarillonError, own } from './errors.js'
import type { EventMap, EventName } from './message.js'

/** One message that grows, as an answer of a language model does. */
export interface TextStream {
  /** Of the message; settled when it has been taken. */
  readonly id: Promise<string>
  /** Adds text. What is added while an answer is awaited goes as one append. */
  append(text: string): void
  /** Settled when all of the text has been taken, or rejected with why it was not. */
  end(): Promise<{
    /** Of the message. */
    readonly id: string
    /** All of it. */
    readonly text: string
  }>
}

/** Errors after which the whole text is sent in place of the appends that may have been lost. */
const MENDED = new Set(['timeout', 'target-unknown', 'operation-invalid'])

/** What a first retry waits beyond what the server said, at most; each further one up to twice that. */
const JITTER_MILLIS = 100

/**
 * What is refused for a while is sent again when that is over, with the same id and within the publish's time. Nothing can
 * come to stand before it, since a stream has one request under way.
 */
async function patiently<M extends EventMap>(
  channel: Channel<M>,
  { signal, timeout, ...rest }: PublishOptions,
  send: (options: PublishOptions) => Promise<PublishResult>,
): Promise<PublishResult> {
  const { core } = channel.feed
  const { clock, publishTimeout } = core.settings
  const end = clock.now() + (timeout ?? publishTimeout)
  const id = core.newId()
  for (let jitter = JITTER_MILLIS; ; jitter *= 2) {
    try {
      return await send({ id, ...rest, signal, timeout: end - clock.now() })
    } catch (error) {
      const { after = Infinity } = error as CarillonError
      const pause = after + clock.random() * jitter
      if (clock.now() + pause >= end) throw error
      await new Promise<void>((next) => clock.setTimeout(next, pause))
    }
  }
}

/**
 * Publishes an empty message, and appends to it. An append that fails is made good by an update with all
 * of the text so far; one that is refused for a while (`after`) is sent again when that is over.
 */
export function stream<M extends EventMap, K extends EventName<M>>(
  channel: Channel<M>,
  name: K,
  options: PublishOptions = {},
): TextStream {
  let text = ''
  let sent = 0
  let failed: CarillonError | undefined
  let working: Promise<void> | undefined
  const { signal } = options
  const begun = patiently(channel, options, (how) => channel.publish(name, '' as M[K], how))

  const send = async (): Promise<void> => {
    const { id } = await begun
    while (sent < text.length) {
      const from = sent
      sent = text.length
      const more = text.slice(from, sent)
      await patiently(channel, { signal }, (how) => append(channel, id, more, how)).catch((error: unknown) => mend(id, error))
    }
  }

  const mend = (id: string, error: unknown): Promise<PublishResult> => {
    if (!MENDED.has(asError(error, 'timeout').kind)) throw error
    const data = text.slice(0, sent)
    return patiently(channel, { signal }, (how) => update(channel, id, { data }, how))
  }

  const work = (): void => {
    working ??= send()
      .catch((error: unknown) => {
        failed = asError(error, 'aborted')
      })
      .finally(() => {
        working = undefined
        if (!failed && sent < text.length) work()
      })
  }

  const id = begun.then((result) => result.id)
  id.catch(() => {})
  return {
    id,
    append(more) {
      if (failed) return
      text += more
      work()
    },
    async end() {
      while (working) await working
      if (failed) throw failed
      const { id } = await begun
      if (sent < text.length) throw own('aborted')
      return { id, text }
    },
  }
}
