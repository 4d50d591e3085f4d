import type { ReactNode } from 'react';
import { Trouble } from '../../ui/Trouble';

/** What a list needs of its query. */
interface Query {
  isPending: boolean;
  isError: boolean;
  error: Error | null;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch: () => unknown;
  fetchNextPage: () => unknown;
}

interface Props<T> {
  query: Query;
  items: T[] | undefined;
  empty: string;
  children: (item: T) => ReactNode;
}

/** A list that is read page by page, the newest first. */
export function Paged<T>({ query, items, empty, children }: Props<T>) {
  return (
    <>
      {items === undefined && query.isPending && (
        <p className="loading" role="status">
          Loading …
        </p>
      )}
      {items?.length === 0 && <p className="empty">{empty}</p>}
      {items !== undefined && items.length > 0 && <ol className="audit">{items.map(children)}</ol>}
      {query.isError && query.error !== null && (
        <Trouble error={query.error} onRetry={() => void (items === undefined ? query.refetch() : query.fetchNextPage())} />
      )}
      {query.hasNextPage && !query.isError && (
        <button type="button" className="quiet" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {query.isFetchingNextPage ? 'Loading …' : 'Older ones'}
        </button>
      )}
    </>
  );
}
