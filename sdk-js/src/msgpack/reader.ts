/** As clause 1.8 has it. */
const DEPTH_MAX = 100

const text = new TextDecoder()

/** Reads one value of MessagePack. Whole numbers beyond 2⁵³ lose their last digits, as with JSON. */
export class Reader {
  #at = 0
  #depth = 0
  readonly #view: DataView

  constructor(private readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** @throws RangeError for what is cut short, nested too deep, or of a type that the protocol has not */
  read(): unknown {
    const type = this.#uint(1)
    if (type < 0x80) return type
    if (type >= 0xe0) return type - 0x100
    if (type < 0x90) return this.#map(type & 15)
    if (type < 0xa0) return this.#array(type & 15)
    if (type < 0xc0) return this.#text(type & 31)
    switch (type) {
      case 0xc0:
        return null
      case 0xc2:
      case 0xc3:
        return type === 0xc3
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return this.#take(this.#uint(2 ** (type - 0xc4))).slice()
      case 0xca:
        return this.#view.getFloat32(this.#skip(4))
      case 0xcb:
        return this.#view.getFloat64(this.#skip(8))
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.#uint(2 ** (type - 0xcc))
      case 0xcf:
        return Number(this.#view.getBigUint64(this.#skip(8)))
      case 0xd0:
        return this.#view.getInt8(this.#skip(1))
      case 0xd1:
        return this.#view.getInt16(this.#skip(2))
      case 0xd2:
        return this.#view.getInt32(this.#skip(4))
      case 0xd3:
        return Number(this.#view.getBigInt64(this.#skip(8)))
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#text(this.#uint(2 ** (type - 0xd9)))
      case 0xdc:
      case 0xdd:
        return this.#array(this.#uint(type === 0xdc ? 2 : 4))
      case 0xde:
      case 0xdf:
        return this.#map(this.#uint(type === 0xde ? 2 : 4))
    }
    throw new RangeError(`MessagePack type 0x${type.toString(16)} (expected: one that JSON knows, or bin)`)
  }

  #array(length: number): unknown[] {
    return this.#nested(() => {
      const values: unknown[] = []
      for (let i = 0; i < length; i++) values.push(this.read())
      return values
    })
  }

  #map(length: number): object {
    return this.#nested(() => {
      const entries: [unknown, unknown][] = []
      for (let i = 0; i < length; i++) entries.push([this.read(), this.read()])
      // never by assignment, since a key may be __proto__
      return Object.fromEntries(entries.filter(([key]) => typeof key === 'string')) as object
    })
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > DEPTH_MAX) throw new RangeError(`nested deeper than ${DEPTH_MAX}`)
    const value = read()
    this.#depth -= 1
    return value
  }

  #text(length: number): string {
    return text.decode(this.#take(length))
  }

  #take(length: number): Uint8Array {
    const from = this.#skip(length)
    return this.bytes.subarray(from, from + length)
  }

  #uint(bytes: number): number {
    const at = this.#skip(bytes)
    return bytes === 1 ? this.#view.getUint8(at) : bytes === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at)
  }

  #skip(length: number): number {
    const at = this.#at
    this.#at += length
    if (this.#at > this.bytes.length) throw new RangeError('MessagePack that is cut short')
    return at
  }
}
