import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

/** A real browser that stays on this machine. */
export function launch() {
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
    ],
  });
}

/** An empty page of an origin that is not the server's. */
export class Site {
  static async start() {
    const site = new Site();
    site.server = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><title>A page</title>');
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
