import type { ClientFrame, Item, WirePosition } from '../wire.js'
import type { Hub, Session } from './hub.js'
import { problemOf } from './problems.js'
import type { Line } from './socket.js'

// What is asked about a channel, once it is allowed.

export function enter(hub: Hub, { who, member }: Session, channel: string, d: unknown = null): void {
  hub.roster(channel).enter(member, { ...(who.clientId !== undefined && { id: who.clientId }), d })
}

export function snapshot(hub: Hub, line: Line, channel: string): void {
  for (const page of hub.roster(channel).snapshot()) hub.say(line, page)
}

/** 11.2. */
export function eph(hub: Hub, line: Line, { member, who }: Session, frame: ClientFrame): void {
  const ch = String(frame['ch'])
  const by = who.clientId === undefined ? undefined : { by: who.clientId }
  const m = (frame['m'] as readonly { readonly n: string }[]).map((item) => ({ ...item, member, ...by }))
  for (const [other, { channels }] of hub.sessions) {
    if (other !== line && channels.has(ch)) hub.say(other, { t: 'eph', ch, m })
  }
}

/** 4.1 to 4.3. */
export function sub(hub: Hub, line: Line, session: Session, frame: ClientFrame): void {
  const ch = String(frame['ch'])
  const log = hub.log(ch)
  const since = frame['since'] as WirePosition | undefined
  const { e, o } = log.head
  const verdict = since && log.judge(since)
  const first = log.items[0]?.o ?? o + 1
  const rewound = Math.max(o - Number(frame['rewind'] ?? 0), first - 1)
  const start = since && verdict === 'ok' ? since.o : verdict ? o : rewound
  session.channels.add(ch)
  const told = verdict === undefined ? {} : verdict === 'ok' ? { recovered: true } : { recovered: false, why: verdict }
  hub.say(line, { t: 'subbed', i: frame.i as number, ch, e, o, start, ...told })
  const missed = log.after(start)
  if (missed.length > 0) hub.say(line, { t: 'msg', ch, e, f: start, o, m: missed })
  session.following.set(ch, frame['presence'])
  if ('enter' in frame) enter(hub, session, ch, frame['enter'])
  if (frame['presence'] === true) snapshot(hub, line, ch)
  if (frame['presence'] === 'count') hub.say(line, { t: 'pres', ch, n: hub.roster(ch).size })
}

/** 5.1 and 5.2. */
export function pub(hub: Hub, line: Line, session: Session, frame: ClientFrame): void {
  const channel = String(frame['ch'])
  const items = frame['m'] as readonly Pick<Item, 'n' | 'd' | 'id' | 'enc' | 'op' | 'ref'>[]
  const by = session.who.clientId
  const r = items.map((item) => {
    const known = hub.log(channel).known(item.id)
    if (known) return { ...known, dup: true }
    if (/^pusher(_internal)?:/.test(item.n)) return problemOf('event-name-invalid', 40011, 'no', item.n)
    const target = item.op && hub.log(channel).items.find(({ id, op }) => !op && id === item.ref)
    if (item.op && !target) return problemOf('target-unknown', 40411, 'no', item.ref)
    hub.store(channel, { ...item, n: target?.n ?? item.n, ts: hub.clock.now(), ...(by !== undefined && { by }) })
    return hub.log(channel).head
  })
  if (hub.faults.lostAcks > 0) {
    hub.faults.lostAcks -= 1
    return hub.end(line, 1006)
  }
  hub.say(line, { t: 'ok', i: frame.i as number, r })
}

/** 6.1 and 6.2. */
export function hist(hub: Hub, line: Line, frame: ClientFrame): void {
  const log = hub.log(String(frame['ch']))
  const { before, after } = frame as { readonly before?: WirePosition; readonly after?: WirePosition }
  const { items, more } = log.read(Number(frame['limit'] ?? 100), before, after)
  hub.say(line, { t: 'ok', i: frame.i as number, m: items, more, ...log.head })
}
