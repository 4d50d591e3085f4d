import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { onSignal, signal } from '../../../sdk-js/dist/index.js';
import { App } from '../harness/app.js';
import { until } from '../harness/native.js';
import { surroundings } from '../harness/surroundings.js';
import { next, subscribed, within } from '../harness/wait.js';

const app = new App(1302);
const around = surroundings(app);

/** Until these users are present, in any order. */
function present(presence, ...users) {
  const fits = ({ members, synced }) =>
    synced && JSON.stringify(members.map(({ clientId }) => clientId).sort()) === JSON.stringify(users.sort());
  return within(users.join() || 'nobody', until((listener) => presence.subscribe(listener), fits));
}

describe('@carillon/client: presence and signals', () => {
  test('who enters is seen with their data, who leaves is not', async () => {
    const name = app.name();
    const ann = around.clients.client(around.server.url, { sub: 'ann' }).channel(name).presence;
    const bob = around.clients.client(around.server.url, { sub: 'bob' }).channel(name).presence;
    await bob.enter({ status: 'here' });
    await ann.enter();
    const { members } = await present(ann, 'ann', 'bob');
    assert.deepEqual(members.find(({ clientId }) => clientId === 'bob').data, { status: 'here' });
    await bob.leave();
    await present(ann, 'ann');
    assert.deepEqual((await bob.get()).map(({ clientId }) => clientId), ['ann']);
  });

  test('a short cut is seen by nobody, and the member is the same', async () => {
    const name = app.name();
    const ann = around.clients.client(around.server.url, { sub: 'ann' }).channel(name).presence;
    const client = around.clients.client(around.proxy.url, { sub: 'bob' });
    const bob = client.channel(name).presence;
    await bob.enter(1);
    await present(ann, 'bob');
    const { member } = client.state;
    const changes = [];
    ann.subscribe((snapshot) => changes.push(snapshot.count));
    const before = changes.length;
    const left = until((listener) => client.on('state', listener), ({ state }) => state === 'waiting');
    around.proxy.cut();
    await within('loss', left);
    await client.connect();
    await bob.enter(2);
    await within('change', until((listener) => ann.subscribe(listener), ({ members }) => members[0]?.data === 2));
    assert.equal(client.state.member, member);
    assert.equal(changes.slice(before).includes(0), false);
  });

  test('close leaves at once', async () => {
    const name = app.name();
    const ann = around.clients.client(around.server.url, { sub: 'ann' }).channel(name).presence;
    const bob = around.clients.client(around.server.url, { sub: 'bob' });
    await bob.channel(name).presence.enter();
    await present(ann, 'bob');
    bob.close();
    await present(ann);
  });

  test('members of both protocols see each other', async () => {
    const name = app.name('presence-');
    const ann = around.clients.client(around.server.url, { sub: 'ann' }).channel(name).presence;
    const pusher = app.client('bob').subscribe(name);
    await subscribed(pusher);
    const added = next(pusher, 'pusher:member_added');
    await ann.enter({ name: 'Ann' });
    await present(ann, 'ann', 'bob');
    assert.equal((await added).id, 'ann');
  });

  test('a signal reaches the others, and a count is enough for many', async () => {
    const name = app.name();
    const ann = around.clients.client(around.server.url, { sub: 'ann' }).channel(name);
    const bob = around.clients.client(around.server.url, { sub: 'bob' }).channel(name);
    await Promise.all([ann.attach(), bob.attach()]);
    const heard = until((listener) => onSignal(bob, 'cursor', listener), () => true);
    signal(ann, 'cursor', { x: 1 }, 'mouse');
    const { data, key, clientId } = await within('signal', heard);
    assert.deepEqual({ data, key, clientId }, { data: { x: 1 }, key: 'mouse', clientId: 'ann' });
    const one = until((listener) => bob.presence.count(listener), (count) => count === 1);
    await ann.presence.enter();
    await within('count', one);
  });

  test('entering without the capability is refused, and the channel goes on', async () => {
    const channel = around.clients.client(around.server.url, { cap: { '*': ['subscribe'] } }).channel(app.name());
    await channel.attach();
    await assert.rejects(channel.presence.enter(), { kind: 'capability-denied' });
    assert.equal(channel.state.state, 'live');
  });
});
