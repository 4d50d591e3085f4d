import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A folder for pictures of the pages, for people who look at them; none are made without it. */
const pictures = process.env.CARILLON_TEST_PICTURES;
const sizes = { wide: { width: 1_280, height: 900 }, phone: { width: 375, height: 812 } };
const patienceMillis = 15_000;

export const password = 'correct horse battery';

/** Somebody at the console's pages, with a browser of their own. */
export class Person {
  static async open(browser, server, storageState = undefined) {
    const person = new Person();
    person.server = server;
    person.context = await browser.newContext({ viewport: sizes.wide, storageState });
    person.page = await person.context.newPage();
    person.page.setDefaultTimeout(patienceMillis);
    person.faults = [];
    person.page.on('pageerror', (error) => person.faults.push(error));
    return person;
  }

  /** Somebody who signs up with a team. */
  static async signedUp(browser, server, email, team = 'Acme') {
    const person = await Person.open(browser, server);
    await person.goto('/console/sign-up');
    await person.fill({ 'E-mail': email, Password: password, Team: team });
    await person.press('Sign up');
    await person.heading('Apps');
    person.team = /\/t\/([^/]+)\//.exec(person.page.url())[1];
    return person;
  }

  /** The same somebody at another browser. */
  async elsewhere(browser) {
    return Person.open(browser, this.server, await this.context.storageState());
  }

  goto(path) {
    return this.page.goto(this.server.url + path);
  }

  async fill(values) {
    for (const [label, value] of Object.entries(values)) {
      await this.page.getByLabel(label, { exact: true }).fill(value);
    }
  }

  press(name, within = this.page) {
    return within.getByRole('button', { name, exact: true }).click();
  }

  /** A link of the navigation. */
  tab(name) {
    return this.page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  }

  heading(name) {
    return this.page.getByRole('heading', { name, exact: true }).waitFor();
  }

  sees(text) {
    return this.page.getByText(text).first().waitFor();
  }

  /** Makes an application and answers its id and its first key with the secret. */
  async makesApp(name) {
    await this.fill({ Name: name });
    await this.press('Create the app');
    await this.heading('1. Your key');
    const app = /\/apps\/([^/?]+)/.exec(this.page.url())[1];
    const value = (label) => this.page.getByRole('group', { name: label, exact: true }).textContent();
    return { app, key: await value('Key'), secret: await value('Secret') };
  }

  /** A call of the console's API from this page, as a script of it could do it. */
  call(method, path, body) {
    return this.page.evaluate(
      async ([verb, where, sent]) => {
        const response = await fetch(`/v1/console${where}`, {
          method: verb,
          headers: { 'content-type': 'application/json' },
          ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
        });
        return { status: response.status, body: await response.json() };
      },
      [method, path, body],
    );
  }

  /** That the page can be used by everybody, and on a phone; light and dark. */
  async checks(name) {
    for (const [size, viewport] of Object.entries(sizes)) {
      await this.page.setViewportSize(viewport);
      const wider = await this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wider <= 0, `${name} is ${wider} px wider than the ${size} window`);
      for (const colorScheme of ['light', 'dark']) {
        await this.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await this.#picture(`${name}-${size}-${colorScheme}`);
        if (size === 'wide') assert.deepEqual(await this.#findings(), [], `${name}, ${colorScheme}`);
      }
    }
    await this.page.setViewportSize(sizes.wide);
    await this.page.emulateMedia({ colorScheme: 'light' });
    assert.deepEqual(this.faults, []);
  }

  async #findings() {
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(() => window.axe.run());
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`);
  }

  async #picture(name) {
    if (pictures === undefined) return;
    await mkdir(pictures, { recursive: true });
    await this.page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  }

  close() {
    return this.context.close();
  }
}
