import { connect, createServer } from 'node:net';

const upgrade = /\r\nupgrade: *websocket\r\n/i;

/** A network between clients and a server, which breaks when a test wants it. */
export class Proxy {
  #pairs = new Set();
  #deaf = false;
  #down = false;
  #sockets = true;

  static async start(port) {
    const proxy = new Proxy();
    proxy.server = createServer((down) => {
      if (proxy.#down) down.resetAndDestroy();
      else proxy.#join(down, connect(port, 'localhost'));
    });
    await new Promise((resolve) => proxy.server.listen(0, 'localhost', resolve));
    proxy.url = `http://localhost:${proxy.server.address().port}`;
    return proxy;
  }

  #join(down, up) {
    const pair = [down, up];
    this.#pairs.add(pair);
    for (const [from, to] of [pair, [up, down]]) {
      from.on('data', (bytes) => {
        if (from === down && !this.#sockets && upgrade.test(bytes.toString('latin1'))) down.destroy();
        else if (from === down || !this.#deaf) to.write(bytes);
      });
      from.on('error', () => {});
      from.on('close', () => {
        to.destroy();
        this.#pairs.delete(pair);
      });
    }
  }

  /** What the server says gets lost, until the next cut. */
  loseAnswers() {
    this.#deaf = true;
  }

  /** Nothing passes any more, or all does again. */
  setDown(down) {
    this.#down = down;
    if (down) this.cut();
  }

  /** Whether WebSockets pass; other requests do. */
  setSockets(pass) {
    this.#sockets = pass;
  }

  /** Everything passes. */
  restore() {
    this.#down = this.#deaf = false;
    this.#sockets = true;
  }

  /** All connections break. */
  cut() {
    for (const [down] of [...this.#pairs]) down.resetAndDestroy();
    this.#deaf = false;
  }

  stop() {
    this.cut();
    return new Promise((resolve) => this.server.close(resolve));
  }
}
