import { json, type Encoded, type WebSocketConstructor, type WebSocketLike } from '../link.js'
import type { ClientFrame, ServerFrame } from '../wire.js'

/** The server's end of a connection. */
export interface Peer {
  accepted(line: Line): void
  /** Whether WebSockets get through at all. */
  passes(): boolean
  said(line: Line, frames: readonly ClientFrame[]): void
  /** Something came that is no frame. */
  malformed(line: Line): void
  left(line: Line): void
}

type Listener = ((event: never) => void) | null

/** Where what the server says arrives. */
export interface FarEnd {
  fire(name: 'onopen' | 'onmessage' | 'onclose', event: object): void
}

/** Both ends of one connection in memory; what is said arrives soon, in order, joined per turn. */
export class Line {
  #down: ServerFrame[] = []
  #open = true

  constructor(private readonly far: FarEnd) {}

  get isOpen(): boolean {
    return this.#open
  }

  say(frame: ServerFrame): void {
    if (!this.#open || this.#down.push(frame) > 1) return
    queueMicrotask(() => this.#flush())
  }

  /** What was said before still arrives. */
  end(code: number, reason = ''): void {
    if (!this.#open) return
    this.#flush()
    this.cut()
    this.far.fire('onclose', { code, reason })
  }

  cut(): void {
    this.#open = false
    this.#down = []
  }

  #flush(): void {
    const frames = this.#down
    this.#down = []
    if (frames.length > 0) this.far.fire('onmessage', { data: JSON.stringify(frames) })
  }
}

class MemorySocket implements WebSocketLike, FarEnd {
  binaryType = 'blob'
  onopen: Listener = null
  onmessage: Listener = null
  onclose: Listener = null
  onerror: Listener = null
  readonly #line = new Line(this)

  constructor(private readonly peer: Peer) {
    queueMicrotask(() => {
      if (this.peer.passes()) this.peer.accepted(this.#line)
      else this.#line.end(1006)
      if (this.#line.isOpen) this.fire('onopen', {})
    })
  }

  send(data: Encoded): void {
    queueMicrotask(() => {
      const frames = framesOf(data)
      if (this.#line.isOpen) frames ? this.peer.said(this.#line, frames) : this.peer.malformed(this.#line)
    })
  }

  close(): void {
    if (!this.#line.isOpen) return
    // what was sent before still arrives
    queueMicrotask(() => {
      this.#line.cut()
      this.peer.left(this.#line)
    })
  }

  fire(name: 'onopen' | 'onmessage' | 'onclose', event: object): void {
    ;(this[name] as ((event: object) => void) | null)?.(event)
  }
}

function framesOf(data: Encoded): readonly ClientFrame[] | undefined {
  try {
    return json.decode(data) as unknown as readonly ClientFrame[]
  } catch {
    return undefined
  }
}

/** A class for the client's WebSocket option. */
export function socketsOf(peer: Peer): WebSocketConstructor {
  return class extends MemorySocket {
    constructor() {
      super(peer)
    }
  }
}
