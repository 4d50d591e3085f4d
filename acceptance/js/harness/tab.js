/**
 * A tab that nothing keeps awake, driven by the browser's own protocol: the pages of the driver count as visible and in use
 * whatever happens, so that they cannot be frozen.
 */
export class Tab {
  #devtools;
  #sessionId;
  #asked = new Map();

  static async open(browser, url) {
    const tab = new Tab();
    const devtools = (tab.#devtools = await browser.newBrowserCDPSession());
    devtools.on('Target.receivedMessageFromTarget', ({ message }) => tab.#answered(JSON.parse(message)));
    tab.context = await devtools.send('Target.createBrowserContext');
    const { targetId } = await devtools.send('Target.createTarget', { url, ...tab.context });
    ({ sessionId: tab.#sessionId } = await devtools.send('Target.attachToTarget', { targetId, flatten: false }));
    await tab.until((loaded) => document.readyState === 'complete' && location.href === loaded, url);
    return tab;
  }

  #answered({ id, result, error }) {
    const [resolve, reject] = this.#asked.get(id) ?? [];
    this.#asked.delete(id);
    if (error) reject?.(new Error(error.message));
    else resolve?.(result);
  }

  /** A command of the browser's protocol. */
  async send(method, params = {}) {
    const id = (this.last = (this.last ?? 0) + 1);
    const answer = new Promise((...settle) => this.#asked.set(id, settle));
    const message = JSON.stringify({ id, method, params });
    await this.#devtools.send('Target.sendMessageToTarget', { message, sessionId: this.#sessionId });
    return answer;
  }

  /** What the function answers in the page; its argument and its answer are JSON. */
  async evaluate(run, argument = null) {
    const expression = `(${run})(${JSON.stringify(argument)})`;
    const { result, exceptionDetails: thrown } = await this.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (thrown) throw new Error(thrown.exception?.description ?? thrown.text);
    return result.value;
  }

  /** Until the function answers true. */
  async until(is, argument, millisMax = 30_000) {
    const late = Date.now() + millisMax;
    while (!(await this.evaluate(is, argument))) {
      if (Date.now() > late) throw new Error(`not within ${millisMax} ms: ${is}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** As a browser does it to tabs in the background: nothing runs in it any more, or all does again. */
  setFrozen(frozen) {
    return this.send('Page.setWebLifecycleState', { state: frozen ? 'frozen' : 'active' });
  }

  async close() {
    await this.#devtools.send('Target.disposeBrowserContext', this.context);
    await this.#devtools.detach();
  }
}
