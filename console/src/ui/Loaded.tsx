import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Trouble } from './Trouble';

/** What a query brought; until then that it is on its way, or why it did not come. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <Trouble error={query.error} onRetry={() => void query.refetch()} />}
        {children(query.data)}
      </>
    );
  }
  if (query.isError) {
    return <Trouble error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <p className="loading" role="status">
      Loading …
    </p>
  );
}
