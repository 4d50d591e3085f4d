import type { Carillon, ChannelState } from '@carillon/client';
import { useEffect, useState } from 'react';
import { arrivalOf, type Arrival } from './arrivals';

/** So many of the past are shown when a channel is joined. */
const rewind = 10;

/** Listens to the channel while the component is there. The function has to stay the same one. */
export function useChannel(client: Carillon | undefined, name: string, onArrival: (arrival: Omit<Arrival, 'id'>) => void): ChannelState {
  const [state, setState] = useState<ChannelState>({ state: 'off' });

  useEffect(() => {
    if (client === undefined) {
      return undefined;
    }
    const channel = client.channel(name, { rewind });
    const following = channel.on('state', setState);
    const listening = channel.on('*', (message) => onArrival(arrivalOf(name, message)));
    // A refusal is told by the state.
    listening.ready.catch(() => undefined);
    return () => {
      listening.off();
      following.off();
      client.release(name);
    };
  }, [client, name, onArrival]);

  return state;
}
