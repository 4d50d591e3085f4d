import { createServer } from 'node:http';

const patienceMillis = 60_000;

/** A server that webhooks call, with a switch. It keeps what it took, and counts what it did not. */
export class Receiver {
  up = true;
  calls = [];
  refused = 0;
  #waiting = new Set();

  static async start() {
    const receiver = new Receiver();
    receiver.server = createServer((request, response) => receiver.#take(request, response));
    await new Promise((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    receiver.url = `http://127.0.0.1:${receiver.server.address().port}`;
    return receiver;
  }

  async #take(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    if (!this.up) {
      this.refused += 1;
      response.writeHead(503).end('down for a while');
      return;
    }
    this.calls.push({ path: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(200).end('taken');
    for (const check of [...this.#waiting]) check();
  }

  /** The events that came at this path, in the order in which they came. */
  events(path) {
    return this.calls.filter((call) => call.path === path).flatMap((call) => JSON.parse(call.body).events);
  }

  /** Until the calls so far are as the condition wants them. */
  async until(what, condition, millis = patienceMillis) {
    if (condition()) return;
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`no ${what} within ${millis} ms: ${JSON.stringify(this.calls.map(({ path, body }) => [path, body])).slice(0, 4_000)}`));
      }, millis);
      const check = () => {
        if (!condition()) return;
        clearTimeout(timer);
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
    });
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }
}
