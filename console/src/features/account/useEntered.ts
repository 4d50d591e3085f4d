import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { sessionQuery } from '../../lib/api/queries';
import type { Session } from '../../lib/api/types';

/** Takes a new session over; what was known of another one is forgotten. */
export function useEntered(): (session: Session) => void {
  const client = useQueryClient();
  return useCallback(
    (session) => {
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
      client.setQueryData(sessionQuery.queryKey, session);
    },
    [client],
  );
}
