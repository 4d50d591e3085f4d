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

/**
 * Publishes an empty message, and appends to it. An append that fails is made good by an update with all
 * of the text so far.
 */
export function stream<M extends EventMap, K extends EventName<M>>(
  channel: Channel<M>,
  name: K,
  options?: PublishOptions,
): TextStream {
  let text = ''
  let sent = 0
  let failed: CarillonError | undefined
  let working: Promise<void> | undefined
  const begun = channel.publish(name, '' as M[K], options)

  const send = async (): Promise<void> => {
    const { id } = await begun
    while (sent < text.length) {
      const from = sent
      sent = text.length
      await append(channel, id, text.slice(from, sent), { signal: options?.signal }).catch((error: unknown) => mend(id, error))
    }
  }

  const mend = (id: string, error: unknown): Promise<PublishResult> => {
    if (!MENDED.has(asError(error, 'timeout').kind)) throw error
    return update(channel, id, { data: text.slice(0, sent) }, { signal: options?.signal })
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
