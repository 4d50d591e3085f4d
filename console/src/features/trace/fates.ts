import type { Trace, TraceSockets } from '../../lib/api/types';

/** What may become of a message on a socket, the good first; in the words of the page. */
const fates: readonly (readonly [keyof TraceSockets, string, string])[] = [
  ['written', 'written', 'to the socket at once'],
  ['waiting', 'waiting', 'for a reader that was behind'],
  ['conflated', 'dropped', 'it had to wait, and newer ones took its place, as the channel’s rule says'],
  ['held', 'held', 'for a client that was just subscribing; it followed the answer'],
  ['repeated', 'known already', 'from what the client resumed with'],
  ['leftOut', 'left out', 'the publisher’s own socket, or the one that it named'],
  ['tooSlow', 'dropped', 'the reader was too far behind: its connection was closed, and may resume'],
  ['overrun', 'dropped', 'the node was too far behind: the connection was closed, and may resume'],
];

export interface Fate {
  key: keyof TraceSockets;
  count: number;
  what: string;
  why: string;
}

/** What became of a message on the sockets of a node; nothing that happened to none. */
export const fatesOf = (sockets: TraceSockets): Fate[] =>
  fates.map(([key, what, why]) => ({ key, what, why, count: sockets[key] })).filter(({ count }) => count > 0);

/** Where a message stands, as the address of this page has it. */
export const positionOf = ({ epoch, offset }: { epoch: number; offset: number }) => `${epoch}:${offset}`;

/** A time behind another one, in milliseconds by the nodes' clocks, which need not agree. */
export function behind(at: string, start: string | undefined): string {
  if (start === undefined) {
    return '';
  }
  const millis = new Date(at).getTime() - new Date(start).getTime();
  return `${millis < 0 ? '−' : '+'}${Math.abs(millis).toLocaleString('en')} ms`;
}

/** In milliseconds, with as many digits as say something. */
export const millisOf = (micros: number) => `${(micros / 1_000).toLocaleString('en', { maximumFractionDigits: micros < 10_000 ? 2 : 0 })} ms`;

/** The sum over all nodes, in a line. */
export function summary({ nodes, accepted }: Trace): string {
  const sums = new Map<string, number>();
  for (const { sockets } of nodes) {
    for (const { what, count } of fatesOf(sockets)) {
      sums.set(what, (sums.get(what) ?? 0) + count);
    }
  }
  if (sums.size === 0) {
    return accepted?.duplicate === true ? 'a repeat of a message that was sent before' : 'nobody was subscribed';
  }
  const parts = [...sums].map(([what, count]) => `${count.toLocaleString('en')} ${what}`);
  return `${parts.join(', ')} on ${nodes.length === 1 ? '1 node' : `${nodes.length} nodes`}`;
}
