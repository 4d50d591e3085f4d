import { Link, Outlet } from '@tanstack/react-router';
import { usePlace } from '../lib/place';
import { isAtLeast } from '../lib/roles';

/** What happens in an application now, and what happened. */
export function LiveLayout() {
  const { tenant, app } = usePlace();
  const params = { tenant: tenant.id, app: app.id };
  const reads = isAtLeast(tenant.role, 'developer');
  return (
    <>
      <nav aria-label="Live pages" className="tabs">
        <Link to="/console/t/$tenant/apps/$app/live" params={params} activeOptions={{ exact: true, includeSearch: false }}>
          Events
        </Link>
        <Link to="/console/t/$tenant/apps/$app/live/connections" params={params}>
          Connections
        </Link>
        <Link to="/console/t/$tenant/apps/$app/live/channels" params={params}>
          Channels
        </Link>
        {reads && (
          <Link to="/console/t/$tenant/apps/$app/live/presence" params={params} activeOptions={{ includeSearch: false }}>
            Presence
          </Link>
        )}
        {reads && (
          <Link to="/console/t/$tenant/apps/$app/live/history" params={params} activeOptions={{ includeSearch: false }}>
            History
          </Link>
        )}
        <Link to="/console/t/$tenant/apps/$app/live/trace" params={params} activeOptions={{ includeSearch: false }}>
          Trace
        </Link>
        <Link to="/console/t/$tenant/apps/$app/live/refusals" params={params}>
          Refusals
        </Link>
      </nav>
      <Outlet />
    </>
  );
}
