const FIRST_CAPACITY = 256
const FLOAT_64 = 0xcb

/** Writes values as MessagePack, in the shortest form; leaves out what JSON leaves out. */
export class Writer {
  #bytes = new Uint8Array(FIRST_CAPACITY)
  #view = new DataView(this.#bytes.buffer)
  #at = 0

  /** What this writes, also after a value that could not be written. */
  collect(write: () => void): Uint8Array<ArrayBuffer> {
    this.#at = 0
    write()
    return this.#bytes.slice(0, this.#at)
  }

  write(value: unknown): void {
    if (typeof value === 'string') return this.#text(value)
    if (typeof value === 'number') return this.#number(value)
    if (typeof value === 'boolean') return this.#byte(value ? 0xc3 : 0xc2)
    if (typeof value === 'bigint') return this.#wide(value)
    if (value instanceof Uint8Array) return this.#binary(value)
    if (Array.isArray(value)) return this.array(value)
    if (value !== null && typeof value === 'object') return this.#object(value)
    this.#byte(0xc0)
  }

  /** The head of an array of so many. */
  count(length: number): void {
    this.#head(length, 0x90, 15, 0xdc)
  }

  raw(bytes: Uint8Array): void {
    const at = this.#grow(bytes.length)
    this.#bytes.set(bytes, at)
  }

  array(values: readonly unknown[]): void {
    this.count(values.length)
    for (const value of values) this.write(value)
  }

  #object(value: object): void {
    const { toJSON } = value as { readonly toJSON?: () => unknown }
    if (typeof toJSON === 'function') return this.write(toJSON.call(value))
    const entries = Object.entries(value).filter(([, each]) => each !== undefined && typeof each !== 'function')
    this.#head(entries.length, 0x80, 15, 0xde)
    for (const [key, each] of entries) {
      this.#text(key)
      this.write(each)
    }
  }

  /** As JSON, which has no other numbers: those that are none are null. */
  #number(value: number): void {
    if (!Number.isFinite(value)) return this.#byte(0xc0)
    if (!Number.isSafeInteger(value)) {
      this.#byte(FLOAT_64)
      return this.#view.setFloat64(this.#grow(8), value)
    }
    if (value >= -32 && value < 128) return this.#byte(value & 0xff)
    if (value >= 0 && value < 0x1_0000_0000) return this.#sized(value, 0xcc)
    if (value < 0 && value >= -0x8000_0000) return this.#negative(value)
    this.#wide(BigInt(value))
  }

  #negative(value: number): void {
    const bytes = value >= -0x80 ? 1 : value >= -0x8000 ? 2 : 4
    this.#byte(0xd0 + Math.log2(bytes))
    this.#uint(value >>> 0, bytes)
  }

  #wide(value: bigint): void {
    this.#byte(value < 0n ? 0xd3 : 0xcf)
    this.#view.setBigUint64(this.#grow(8), BigInt.asUintN(64, value))
  }

  #text(value: string): void {
    const bytes = new TextEncoder().encode(value)
    const { length } = bytes
    if (length < 32) this.#byte(0xa0 | length)
    else this.#sized(length, 0xd9)
    this.raw(bytes)
  }

  #binary(value: Uint8Array): void {
    this.#sized(value.length, 0xc4)
    this.raw(value)
  }

  /** A short form up to `most`, else the forms with 16 and 32 bits that begin at `type`. */
  #head(length: number, short: number, most: number, type: number): void {
    if (length <= most) return this.#byte(short | length)
    const wide = length > 0xffff
    this.#byte(wide ? type + 1 : type)
    this.#uint(length, wide ? 4 : 2)
  }

  /** The forms with 8, 16 and 32 bits that begin at `type`. */
  #sized(value: number, type: number): void {
    const power = value < 0x100 ? 0 : value < 0x1_0000 ? 1 : 2
    this.#byte(type + power)
    this.#uint(value, 2 ** power)
  }

  #uint(value: number, bytes: number): void {
    const at = this.#grow(bytes)
    for (let i = 0; i < bytes; i++) this.#bytes[at + i] = value >>> (8 * (bytes - 1 - i))
  }

  #byte(value: number): void {
    this.#bytes[this.#grow(1)] = value
  }

  #grow(more: number): number {
    const at = this.#at
    this.#at += more
    if (this.#at > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#at)
      larger.set(this.#bytes.subarray(0, at))
      this.#bytes = larger
      this.#view = new DataView(larger.buffer)
    }
    return at
  }
}
