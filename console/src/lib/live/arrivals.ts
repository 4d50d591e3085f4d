import type { Message } from '@carillon/client';

/** A message as the page shows it. */
export interface Arrival {
  /** Differs from that of all others on the page. */
  id: number;
  channel: string;
  name: string;
  /** Text; what is none is shown as JSON. */
  data: string;
  action: Message['action'];
  clientId: string | undefined;
  /** When the server took it. */
  at: Date;
  position: string;
}

export interface Arrivals {
  /** The newest first. */
  shown: readonly Arrival[];
  /** Those that came while the list is paused; undefined when it is not. */
  held: readonly Arrival[] | undefined;
  /** How many arrived in all. */
  count: number;
}

export type Happening = { what: 'arrived'; arrival: Omit<Arrival, 'id'> } | { what: 'pause' | 'resume' | 'clear' };

/** How many messages a page keeps; older ones go. */
export const arrivalsMax = 500;

export const noArrivals: Arrivals = { shown: [], held: undefined, count: 0 };

export function afterwards(before: Arrivals, happening: Happening): Arrivals {
  const { shown, held, count } = before;
  switch (happening.what) {
    case 'arrived': {
      const arrival = { ...happening.arrival, id: count + 1 };
      return held === undefined
        ? { shown: [arrival, ...shown].slice(0, arrivalsMax), held, count: count + 1 }
        : { shown, held: [arrival, ...held].slice(0, arrivalsMax), count: count + 1 };
    }
    case 'pause':
      return { ...before, held: held ?? [] };
    case 'resume':
      return { shown: [...(held ?? []), ...shown].slice(0, arrivalsMax), held: undefined, count };
    case 'clear':
      return { shown: [], held: held === undefined ? undefined : [], count };
  }
}

/** Those that have the text in their channel, name, data or client. */
export function matching(arrivals: readonly Arrival[], text: string): readonly Arrival[] {
  const wanted = text.trim().toLowerCase();
  return wanted === ''
    ? arrivals
    : arrivals.filter(({ channel, name, data, clientId = '' }) =>
        [channel, name, data, clientId].some((part) => part.toLowerCase().includes(wanted)),
      );
}

export function arrivalOf(channel: string, message: Message): Omit<Arrival, 'id'> {
  const { name, data, action, clientId, timestamp, epoch, offset } = message;
  return { channel, name, data: textOf(data), action, clientId, at: new Date(timestamp), position: `${epoch}:${offset}` };
}

function textOf(data: unknown): string {
  if (typeof data === 'string') {
    return data;
  }
  return data instanceof Uint8Array ? `${data.length} bytes` : (JSON.stringify(data) ?? '');
}
