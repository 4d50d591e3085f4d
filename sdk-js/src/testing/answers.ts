import type { ServerErrorKind } from '../kinds.js'
import type { ClientFrame, Item, Problem, WirePosition } from '../wire.js'
import type { Hub, Session } from './hub.js'
import { problemOf } from './problems.js'
import type { Identity } from './rights.js'
import type { Line } from './socket.js'
import { joins } from './whole.js'

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
  const rewound = log.rewound(since ? 0 : Number(frame['rewind'] ?? 0))
  const place = rewound[0] ? rewound[0].o - 1 : o
  const start = since && verdict === 'ok' ? since.o : place
  session.channels.add(ch)
  const told = verdict === undefined ? {} : verdict === 'ok' ? { recovered: true } : { recovered: false, why: verdict }
  hub.say(line, { t: 'subbed', i: frame.i as number, ch, e, o, start, ...told })
  const missed = since ? log.after(start) : rewound
  if (missed.length > 0) hub.say(line, { t: 'msg', ch, e, f: start, o, m: missed })
  session.following.set(ch, frame['presence'])
  if ('enter' in frame) enter(hub, session, ch, frame['enter'])
  if (frame['presence'] === true) snapshot(hub, line, ch)
  if (frame['presence'] === 'count') hub.say(line, { t: 'pres', ch, n: hub.roster(ch).size })
}

type Publication = Pick<Item, 'n' | 'd' | 'id' | 'enc' | 'op' | 'ref'>

/** 5.1 and 5.2. */
export function pub(hub: Hub, line: Line, { who }: Session, frame: ClientFrame): void {
  const channel = String(frame['ch'])
  const by = who.clientId
  const r = (frame['m'] as readonly Publication[]).map((item) => {
    const known = hub.log(channel).known(item.id)
    if (known) return { ...known, dup: true }
    const after = hub.faults.throttled.shift()
    if (after !== undefined) return { ...problemOf('message-rate', 42904, 'later'), after }
    const { problem, n } = item.op ? operated(hub, who, channel, item) : published(item)
    if (problem) return problem
    hub.store(channel, { ...item, n, ts: hub.clock.now(), ...(by !== undefined && { by }) })
    return hub.log(channel).head
  })
  if (hub.faults.lostAcks > 0) {
    hub.faults.lostAcks -= 1
    return hub.end(line, 1006)
  }
  hub.say(line, { t: 'ok', i: frame.i as number, r })
}

interface Taken {
  /** Why it is not. */
  readonly problem?: Problem
  readonly n: string
}

function published({ n }: Publication): Taken {
  return /^pusher(_internal)?:/.test(n) ? { n, problem: problemOf('event-name-invalid', 40011, 'no', n) } : { n }
}

/** 12.1 to 12.3; an operation has its message's name. */
function operated(hub: Hub, who: Identity, channel: string, item: Publication): Taken {
  const target = hub.log(channel).messages.filter(({ id }) => id === item.ref).at(-1)
  const n = item.n ?? target?.n ?? ''
  const refused = (kind: ServerErrorKind, code: number): Taken => ({ n, problem: problemOf(kind, code, 'no', `${item.op} ${item.ref}`) })
  const any = who.may('message-update-any', channel)
  if (!any && !who.may('message-update-own', channel)) return refused('capability-denied', 40320)
  if (!target || target.del) return refused('target-unknown', 40411)
  if (!any && (who.clientId === undefined || who.clientId !== target.by)) return refused('capability-denied', 40320)
  return item.op === 'append' && !joins(target, item) ? refused('operation-invalid', 40025) : { n }
}

/** 6.1 and 6.2. */
export function hist(hub: Hub, line: Line, frame: ClientFrame): void {
  const log = hub.log(String(frame['ch']))
  const { before, after } = frame as { readonly before?: WirePosition; readonly after?: WirePosition }
  const { items, more } = log.read(Number(frame['limit'] ?? 100), before, after)
  hub.say(line, { t: 'ok', i: frame.i as number, m: items, more, ...log.head })
}
