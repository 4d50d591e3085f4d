import { Carillon, type ConnectionState } from '@carillon/client';
import { useEffect, useState } from 'react';
import { listeningToken } from '../api/backend';

/** A connection to this very server by our own library, for as long as key and secret stay the same; none without a key. */
export function useClient(key: string | undefined, secret: string | undefined) {
  const [client, setClient] = useState<Carillon>();
  const [connection, setConnection] = useState<ConnectionState>({ state: 'idle' });

  useEffect(() => {
    if (key === undefined) {
      return undefined;
    }
    const opened = new Carillon(
      window.location.origin,
      secret === undefined || secret === '' ? { key } : { getToken: () => listeningToken({ key, secret }) },
    );
    const listening = opened.on('state', setConnection);
    setConnection(opened.state);
    setClient(opened);
    return () => {
      listening.off();
      opened.close();
      setClient(undefined);
    };
  }, [key, secret]);

  return { client, connection };
}
