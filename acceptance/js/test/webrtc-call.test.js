import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { App } from '../harness/app.js';
import { surroundings } from '../harness/surroundings.js';

const app = new App(4904);
/** A camera that is made up, and connections within this machine. */
const flags = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
];
const around = surroundings(app, { example: 'webrtc-call', flags, settings: { CARILLON_PRESENCE_GRACE_SECONDS: '2' } });

const says = (page, selector, text) =>
  page.waitForFunction(([where, wanted]) => document.querySelector(where)?.textContent === wanted, [selector, text]);

/** Until the other's camera brings new pictures. */
const sees = (page) =>
  page.evaluate(async () => {
    const video = document.querySelector('video.theirs');
    const frame = () => new Promise((resolve) => video.requestVideoFrameCallback((_, { presentedFrames }) => resolve(presentedFrames)));
    const first = await frame();
    while ((await frame()) < first + 5);
    return { width: video.videoWidth, height: video.videoHeight };
  });

async function say(page, text) {
  await page.getByLabel('Message').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

describe('the call of the examples', () => {
  test('two windows see each other and exchange data, also while the signalling is cut; who hangs up is gone', async () => {
    const { example, proxy } = around;
    const ann = await example.open('user=ann', { network: proxy.url, size: { width: 640, height: 700 } });
    await says(ann, 'output.call', 'waiting for somebody');
    const bob = await example.open('user=bob', { network: proxy.url, size: { width: 390, height: 700 } });
    await says(ann, 'output.call', 'with bob');
    await says(bob, 'output.call', 'with ann');
    for (const page of [ann, bob]) assert.deepEqual(await sees(page), { width: 320, height: 240 });

    await say(ann, 'hello over there');
    await bob.getByText('ann: hello over there').waitFor();
    proxy.setDown(true);
    for (const page of [ann, bob]) await says(page, 'output.state', 'waiting');
    await say(bob, 'the call goes on');
    await ann.getByText('bob: the call goes on').waitFor();
    for (const page of [ann, bob]) await sees(page);
    await example.look(ann, 'cut');
    await example.look(bob, 'phone');
    proxy.setDown(false);
    for (const page of [ann, bob]) await says(page, 'output.state', 'connected');

    await says(ann, 'output.call', 'with bob');
    await say(ann, 'and on');
    await bob.getByText('ann: and on').waitFor();

    await bob.getByRole('button', { name: 'Hang up' }).click();
    await says(ann, 'output.call', 'waiting for somebody');
    await example.close(bob);
    const carol = await example.open('user=carol');
    await says(ann, 'output.call', 'with carol');
    await sees(carol);
    assert.deepEqual(example.complaints, []);
  });
});
