import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { App } from '../harness/app.js';
import { surroundings } from '../harness/surroundings.js';

const app = new App(1305);
const around = surroundings(app, { example: 'react-chat' });
/** The client waits longer after each of them. */
const cuts = 5;
const linesMax = 50;
const source = new URL('../../../examples/react-chat/Chat.tsx', import.meta.url);
/** Somebody's window of the example: what it shows, and what they do in it. */
class Window {
  static async open(user, network) {
    const window = new Window();
    window.page = await around.example.open(`user=${user}`, { network, size: { width: 480, height: 640 } });
    window.context = window.page.context();
    return window;
  }

  async send(text) {
    await this.page.fill('input', text);
    await this.page.press('input', 'Enter');
  }

  /** Messages that the server has taken, as `who text`. */
  messages() {
    return this.page.$$eval('li:not(.waiting, .failed)', (all) => all.map((each) => each.innerText.replace(/\s+/g, ' ').trim()));
  }

  waiting() {
    return this.page.$$eval('li.waiting', (all) => all.map((each) => each.innerText.trim()));
  }

  /** Until the selected element's text is this. */
  shows(selector, text) {
    return this.page.waitForFunction(
      ([where, wanted]) => document.querySelector(where)?.textContent === wanted,
      [selector, text],
    );
  }

  /** Until so many messages are there, and none waits. */
  async settled(count) {
    const settled = this.page.waitForFunction(
      (wanted) => document.querySelectorAll('li').length === wanted && !document.querySelector('li.waiting'),
      count,
    );
    await settled.catch(async (error) => {
      error.message += ` for ${count} messages (shown: ${JSON.stringify(await this.messages())})`;
      throw error;
    });
    return this.messages();
  }

  picture(name) {
    return around.example.look(this.page, name);
  }
}

describe('the chat of the examples, in React', () => {
  test('is one file of less than 50 lines of at most 100 columns', async () => {
    const all = (await readFile(source, 'utf8')).trimEnd().split('\n');
    const lines = all.filter((line) => !line.includes('region '));   // marks of what the guide shows
    assert.ok(lines.length < linesMax, `${lines.length} lines`);
    assert.ok(lines.every((line) => line.length <= 100));
  });

  test('two people talk, one goes offline and on writing; both end with the same, and a reload keeps it', async () => {
    const backend = around.clients.client(around.server.url, { sub: 'eve' }).channel('chat:lobby');
    const past = Array.from({ length: 30 }, (_, i) => `line ${i + 1}`);
    for (const text of past) await backend.publish('message', text);

    const ann = await Window.open('ann', around.proxy.url);
    const bob = await Window.open('bob', around.server.url);
    const both = [ann, bob];
    for (const window of both) {
      await window.shows('.people', 'ann, bob');
      await window.shows('output', 'connected');
      assert.equal((await window.settled(20)).length, 20);
    }

    await ann.page.locator('input').pressSequentially('hello, bob');
    await bob.shows('p', 'ann is typing…');
    await bob.picture('typing');
    await ann.page.press('input', 'Enter');
    await bob.shows('p', '');
    await bob.send('hello, ann');
    for (const window of both) await window.settled(22);

    await Promise.all([ann.context.setOffline(true), around.proxy.setDown(true)]);
    await ann.shows('output', 'waiting');
    for (const text of ['offline 1', 'offline 2', 'offline 3']) await ann.send(text);
    for (const text of ['meanwhile 1', 'meanwhile 2', 'meanwhile 3']) await bob.send(text);
    await bob.settled(25);
    assert.deepEqual((await ann.waiting()).length, 3);
    assert.equal((await ann.messages()).length, 22);
    await ann.picture('offline');
    await bob.picture('meanwhile');

    around.proxy.setDown(false);
    await ann.context.setOffline(false);
    const [hers, his] = await Promise.all(both.map((window) => window.settled(28)));
    const wanted = [
      ...past.slice(10).map((text) => `eve ${text}`),
      ...['ann hello, bob', 'bob hello, ann'],
      ...['bob meanwhile 1', 'bob meanwhile 2', 'bob meanwhile 3'],
      ...['ann offline 1', 'ann offline 2', 'ann offline 3'],
    ];
    assert.deepEqual(hers.map(withName('ann')), wanted);
    assert.deepEqual(his.map(withName('bob')), wanted);
    for (const window of both) await window.shows('.people', 'ann, bob');
    await ann.picture('again');

    await ann.page.reload();
    const kept = await ann.settled(20);
    assert.deepEqual(kept.map(withName('ann')), wanted.slice(-20));
    await ann.page.getByText('Earlier messages').click();
    const all = await ann.settled(38);
    assert.deepEqual(all.map(withName('ann')), [...past.slice(0, 10).map((text) => `eve ${text}`), ...wanted]);
    await ann.page.getByText('Earlier messages').waitFor({ state: 'detached' });
    await ann.shows('.people', 'ann, bob');
    await ann.picture('earlier');
    assert.deepEqual(around.example.complaints, []);
    await Promise.all(both.map(({ page }) => around.example.close(page)));
  });

  test(`while the connection breaks ${cuts} times, with answers lost, nothing is lost or doubled`, async () => {
    const ann = await Window.open('ann', around.proxy.url);
    const bob = await Window.open('bob', around.proxy.url);
    const both = [ann, bob];
    for (const window of both) await window.shows('output', 'connected');
    const before = await ann.messages();
    for (let i = 1; i <= cuts; i += 1) {
      for (const window of both) await window.shows('output', 'connected');
      if (i % 2 === 0) around.proxy.loseAnswers();
      await ann.send(`a${i}`);
      await bob.send(`b${i}`);
      around.proxy.cut();
    }
    const [hers, his] = await Promise.all(both.map((window) => window.settled(before.length + 2 * cuts)));
    assert.deepEqual(hers.map(withName('ann')), his.map(withName('bob')));
    const sent = hers.map(withName('ann')).slice(before.length);
    for (const who of ['ann', 'bob']) {
      assert.deepEqual(
        sent.filter((line) => line.startsWith(`${who} `)),
        Array.from({ length: cuts }, (_, i) => `${who} ${who[0]}${i + 1}`),
      );
    }
    assert.deepEqual(around.example.complaints, []);
    await Promise.all(both.map(({ page }) => around.example.close(page)));
  });

  test('each room has its own history, and the same again when one comes back to it', async () => {
    const bob = await Window.open('bob', around.server.url);
    const ann = await Window.open('ann', around.server.url);
    for (const { page } of [ann, bob]) await page.getByRole('button', { name: 'team' }).click();
    for (const window of [ann, bob]) await window.shows('.people', 'ann, bob');
    for (const text of ['one', 'two']) await ann.send(text);
    assert.deepEqual(await bob.settled(2), ['ann one', 'ann two']);

    await ann.page.getByRole('button', { name: 'random' }).click();
    assert.deepEqual(await ann.settled(0), []);
    await bob.shows('.people', 'bob');
    await bob.send('three');
    await ann.page.getByRole('button', { name: 'team' }).click();

    assert.deepEqual((await ann.settled(3)).map(withName('ann')), ['ann one', 'ann two', 'bob three']);
    await bob.shows('.people', 'ann, bob');
    await ann.picture('rooms');
    assert.deepEqual(around.example.complaints, []);
    for (const { page } of [ann, bob]) await around.example.close(page);
  });

  // a form's action empties its fields when it is over: what a quick person had typed by then was gone
  test('what is typed while a message is being sent stays', async () => {
    const ann = await Window.open('ann', around.server.url);
    await ann.shows('output', 'connected');
    await ann.page.evaluate(() => {
      const input = document.querySelector('input');
      input.value = 'quick';
      input.form.requestSubmit();
      input.value = 'and next';
    });
    await ann.page.locator('li.mine:not(.waiting)', { hasText: 'quick' }).waitFor();
    assert.equal(await ann.page.inputValue('input'), 'and next');
    await around.example.close(ann.page);
  });
});

/** One's own messages come without a name. */
function withName(user) {
  return (line) => (/^(ann|bob|eve) /.test(line) ? line : `${user} ${line}`);
}
