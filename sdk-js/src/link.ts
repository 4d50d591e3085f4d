import type { ClientFrame, ServerFrame } from './wire.js'

/** A way to the server that carries frames both ways, in order. */
export interface Link {
  send(frames: readonly Encoded[]): void
  /** Nothing is told of it any more. */
  close(): void
}

/** What a link tells; each at most until `closed`. */
export interface LinkListener {
  opened(): void
  received(frames: readonly ServerFrame[]): void
  closed(code: number, reason: string): void
}

/** A frame as it is sent. */
export type Encoded = string | Uint8Array<ArrayBuffer>

/** How frames are written; the subprotocol's name tells the server. */
export interface Codec {
  /** The WebSocket subprotocol, as `carillon.v1`. */
  readonly protocol: string
  /** One frame; called once for each, also when it is sent again. */
  encode(frame: ClientFrame): Encoded
  /** One message of several frames. */
  join(frames: readonly Encoded[]): Encoded
  /** The frames of a message that came; throws when it is none. */
  decode(data: unknown): readonly ServerFrame[]
  /** Makes a payload fit to be sent, in the fields `d` and `enc`. */
  pack(data: unknown): {
    /** The payload. */
    readonly d: unknown
    /** Says that `d` is bytes in Base64. */
    readonly enc?: 'b64'
  }
  /** What was sent. */
  unpack(item: { readonly d?: unknown; readonly enc?: 'b64' }): unknown
}

/** The part of a browser's WebSocket that is needed; the package `ws` has it too. */
export interface WebSocketLike {
  /** Set to `arraybuffer`. */
  binaryType: string
  /** Set by the client. */
  onopen: ((event: never) => void) | null
  /** Set by the client; the event has `data`. */
  onmessage: ((event: never) => void) | null
  /** Set by the client; the event has `code` and `reason`. */
  onclose: ((event: never) => void) | null
  /** Set by the client. */
  onerror: ((event: never) => void) | null
  /** Sends one message. */
  send(data: Encoded): void
  /** Closes, with 1000 if no code is given. */
  close(code?: number, reason?: string): void
}

/** A class of WebSockets: the platform's, or that of the package `ws`. */
export type WebSocketConstructor = new (url: string, protocols: string) => WebSocketLike

/** Clause 1.2. */
const FRAMES_MAX = 100

/** Characters or bytes of a message with several frames; far below what servers take (128 KiB). */
const BATCH_MAX = 30_000

/** 1.2 and 3.6: JSON texts, binary data in Base64. */
export const json: Codec = {
  protocol: 'carillon.v1',
  encode: (frame) => JSON.stringify(frame),
  join: (frames) => `[${frames.join()}]`,
  decode(data) {
    return ([] as ServerFrame[]).concat(JSON.parse(data as string))
  },
  pack(data) {
    if (!(data instanceof Uint8Array)) return { d: data }
    let text = ''
    for (const byte of data) text += String.fromCharCode(byte)
    return { d: btoa(text), enc: 'b64' }
  },
  unpack({ d, enc }) {
    return enc ? Uint8Array.from(atob(d as string), (char) => char.charCodeAt(0)) : d
  },
}

/** A close code of applications, which means nothing to the server. */
const COMING_BACK = 3000

/** As few messages as the limits allow. */
export function batches(frames: readonly Encoded[], codec: Codec, send: (message: Encoded) => void): void {
  let batch: Encoded[] = []
  let size = 0
  const flush = (): void => {
    if (batch[0]) send(batch.length > 1 ? codec.join(batch) : batch[0])
    batch = []
    size = 0
  }
  for (const encoded of frames) {
    if (batch.length === FRAMES_MAX || size + encoded.length > BATCH_MAX) flush()
    batch.push(encoded)
    size += encoded.length
  }
  flush()
}

/** Opens a WebSocket at once. */
export function openSocket(
  Socket: WebSocketConstructor,
  url: string,
  codec: Codec,
  listener: LinkListener,
): Link {
  const socket = new Socket(url, codec.protocol)
  socket.binaryType = 'arraybuffer'
  socket.onopen = () => listener.opened()
  socket.onmessage = ({ data }: { data: unknown }) => listener.received(codec.decode(data))
  // a close always follows, and says more
  socket.onerror = () => {}
  socket.onclose = ({ code, reason }: { code: number; reason: string }) => listener.closed(code, reason)
  return {
    send: (frames) => batches(frames, codec, (message) => socket.send(message)),
    close() {
      socket.onopen = socket.onmessage = socket.onclose = null
      // 10.4: 1000 would end memberships; who is done has said bye
      socket.close(COMING_BACK)
    },
  }
}
