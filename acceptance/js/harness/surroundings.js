import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import { launch, Site } from './browser.js';
import { Example } from './example.js';
import { Clients } from './native.js';
import { Proxy } from './proxy.js';
import { Server } from './server.js';

/**
 * What the tests of a file share, from its first to its last: a server with this application, a network in front of it and
 * clients of it; with `browser` also a browser and a site of another origin. Clients end with each test, and the network
 * is whole again. With the name of an `example`, it is started as people start it.
 */
export function surroundings(app, { browser = false, example, flags = [], settings = {} } = {}) {
  const around = {
    clients: new Clients(app),
    async restartExample() {
      around.example = await Example.start(example, app, around);
    },
  };
  before(async () => {
    around.server = await Server.start([app.bootstrap], settings);
    app.on(around.server);
    around.proxy = await Proxy.start(around.server.port);
    if (browser) around.site = await Site.start();
    if (browser || example) around.browser = await launch(flags);
    if (example) await around.restartExample();
  });
  afterEach(() => {
    around.clients.close();
    app.disconnect();
    around.proxy.restore();
  });
  after(async () => {
    await around.browser?.close();
    const code = await around.example?.stop();
    await around.site?.stop();
    await around.proxy?.stop();
    await around.server?.remove();
    assert.equal(code ?? 0, 0, 'the exit code of the example after Ctrl-C');
  });
  return around;
}
