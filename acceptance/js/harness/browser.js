import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** A real browser that stays on this machine, with further flags. */
export function launch(flags = []) {
  return chromium.launch({
    executablePath: process.env.CARILLON_TEST_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...flags,
    ],
  });
}

const sdk = fileURLToPath(new URL('../../../sdk-js/dist/', import.meta.url));

async function answer({ url }, response) {
  const module = /^\/sdk\/([\w/-]+\.js)$/.exec(url)?.[1];
  response.setHeader('Content-Type', module ? 'text/javascript' : 'text/html');
  response.end(module ? await readFile(sdk + module) : '<!doctype html><title>A page</title>');
}

/** An empty page of an origin that is not the server's; below `/sdk/` the modules of our own library. */
export class Site {
  static async start() {
    const site = new Site();
    site.server = createServer((request, response) => {
      answer(request, response).catch(() => response.destroy());
    });
    await new Promise((resolve) => site.server.listen(0, 'localhost', resolve));
    site.url = `http://localhost:${site.server.address().port}/`;
    return site;
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }
}
