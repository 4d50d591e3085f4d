import { readFileSync } from 'node:fs'

interface Vector<Answer> {
  readonly socketId: string
  readonly signature: string
  readonly answer: Answer
}

interface Vectors {
  readonly key: string
  readonly secret: string
  readonly encryptionMasterKey: string
  readonly channels: readonly (Vector<{ auth: string; shared_secret?: string }> & { channel: string })[]
  readonly presenceChannels: readonly (Vector<object> & { channel: string; channelData: string })[]
  readonly users: readonly (Vector<object> & { userData: string })[]
  readonly webhooks: readonly { readonly body: string; readonly signature: string }[]
  readonly refused: Readonly<
    Record<'socketIds' | 'channels' | 'presenceChannels' | 'data' | 'signatures', readonly string[]>
  >
}

/** The vectors that every implementation of the signatures answers to; read from target/test. */
const file = new URL('../../../docs/protocol/vectors/pusher-signatures.json', import.meta.url)

export const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors
