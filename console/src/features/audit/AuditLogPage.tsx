import { useInfiniteQuery } from '@tanstack/react-query';
import { auditLogQuery } from '../../lib/api/queries';
import type { AuditEntry } from '../../lib/api/types';
import { useTenant } from '../../lib/place';
import { isAtLeast } from '../../lib/roles';
import { Moment } from '../../ui/Moment';
import { Trouble } from '../../ui/Trouble';
import { usePageTitle } from '../../ui/usePageTitle';
import { changesOf } from './changes';

export function AuditLogPage() {
  usePageTitle('Audit log');
  const tenant = useTenant();
  return (
    <>
      <h1>Audit log</h1>
      {isAtLeast(tenant.role, 'admin') ? <Log tenant={tenant.id} /> : <p className="empty">Admins and owners of the team read it.</p>}
    </>
  );
}

function Log({ tenant }: { tenant: string }) {
  const query = useInfiniteQuery(auditLogQuery(tenant));
  const entries = query.data?.pages.flatMap((page) => page.entries);
  return (
    <>
      {entries === undefined && query.isPending && (
        <p className="loading" role="status">
          Loading …
        </p>
      )}
      {entries?.length === 0 && <p className="empty">Nothing was changed yet.</p>}
      {entries !== undefined && entries.length > 0 && (
        <ol className="audit">
          {entries.map((entry) => (
            <Entry key={entry.id} of={entry} />
          ))}
        </ol>
      )}
      {query.isError && <Trouble error={query.error} onRetry={() => void (entries === undefined ? query.refetch() : query.fetchNextPage())} />}
      {query.hasNextPage && !query.isError && (
        <button type="button" className="quiet" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {query.isFetchingNextPage ? 'Loading …' : 'Older entries'}
        </button>
      )}
    </>
  );
}

function Entry({ of: entry }: { of: AuditEntry }) {
  const changes = changesOf(entry);
  return (
    <li>
      <p>
        <strong>{entry.action}</strong> <code>{entry.target}</code>
      </p>
      <p className="hint">
        <Moment at={entry.at} /> · {entry.by}
        {entry.token !== undefined && ` with the access token “${entry.token}”`} · from {entry.from}
      </p>
      {changes.length > 0 && (
        <ul className="changes">
          {changes.map(({ name, before, after }) => (
            <li key={name}>
              {name}: {before !== undefined && <del>{before}</del>} {after !== undefined && <ins>{after}</ins>}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
