import { useCallback, useEffect, useRef, useState } from 'react';
import { type Connection, Realtime, type Place } from '../../lib/realtime';
import { withArrival, type Line } from './arrivals';

/** What the page is subscribed to. */
export type Subscription =
  { state: 'none' } | { state: 'joining'; channel: string } | { state: 'joined'; channel: string } | { state: 'refused'; reason: string };

/** A connection for the key, kept for as long as the key stays the same; none while it is empty. */
export function useTryIt(key: string, place: Place) {
  const [connection, setConnection] = useState<Connection | undefined>();
  const [subscription, setSubscription] = useState<Subscription>({ state: 'none' });
  const [lines, setLines] = useState<Line[]>([]);
  const realtime = useRef<Realtime | undefined>(undefined);
  const wanted = useRef<string | undefined>(undefined);
  const { protocol, hostname, port } = place;

  useEffect(() => {
    if (key === '') {
      return undefined;
    }
    const opened = new Realtime(
      key,
      { protocol, hostname, port },
      {
        connection: setConnection,
        subscribed: (channel) => setSubscription({ state: 'joined', channel }),
        refused: (channel, reason) => setSubscription({ state: 'refused', reason: `${channel}: ${reason}` }),
        arrived: (arrival) => setLines((before) => withArrival(before, arrival, new Date())),
      },
    );
    realtime.current = opened;
    if (wanted.current !== undefined) {
      opened.subscribe(wanted.current);
    }
    return () => {
      realtime.current = undefined;
      opened.close();
      setConnection(undefined);
    };
  }, [key, protocol, hostname, port]);

  const subscribe = useCallback((channel: string) => {
    wanted.current = channel;
    setSubscription({ state: 'joining', channel });
    realtime.current?.subscribe(channel);
  }, []);

  const refuse = useCallback((reason: string) => setSubscription({ state: 'refused', reason }), []);
  const clear = useCallback(() => setLines([]), []);

  return { connection, subscription, lines, subscribe, refuse, clear };
}
