import { type Codec, type Encoded, json } from '../link.js'
import type { ServerFrame } from '../wire.js'
import { Reader } from './reader.js'
import { Writer } from './writer.js'

const writer = new Writer()

/** MessagePack in place of JSON, for the client's `codec` option: smaller, and bytes stay bytes. */
export const msgpack: Codec = {
  protocol: 'carillon.v1.msgpack',
  encode: (frame) => writer.collect(() => writer.write(frame)),
  join: (frames: readonly Encoded[]) =>
    writer.collect(() => {
      writer.count(frames.length)
      for (const frame of frames) writer.raw(frame as Uint8Array)
    }),
  decode(data) {
    const value = new Reader(new Uint8Array(data as ArrayBuffer)).read() as ServerFrame | ServerFrame[]
    return Array.isArray(value) ? value : [value]
  },
  pack: (data) => ({ d: data }),
  // by HTTP bytes come as in JSON
  unpack: json.unpack,
}
