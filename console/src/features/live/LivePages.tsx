import { NavLink, Route, Routes } from 'react-router';
import { isAtLeast } from '../../lib/roles';
import { at, usePlace } from '../../lib/place';
import { ChannelsPage } from './ChannelsPage';
import { ConnectionsPage } from './ConnectionsPage';
import { HistoryPage } from './HistoryPage';
import { LivePage } from './LivePage';
import { PresencePage } from './PresencePage';
import { TracePage } from '../trace/TracePage';
import { RefusalsPage } from './RefusalsPage';

/** What happens in an application now, and what happened. */
export function LivePages() {
  const { tenant, app } = usePlace();
  const base = `${at.app(tenant.id, app.id)}/live`;
  const reads = isAtLeast(tenant.role, 'developer');
  return (
    <>
      <nav aria-label="Live pages" className="tabs">
        <NavLink to={base} end>
          Events
        </NavLink>
        <NavLink to={`${base}/connections`}>Connections</NavLink>
        <NavLink to={`${base}/channels`}>Channels</NavLink>
        {reads && <NavLink to={`${base}/presence`}>Presence</NavLink>}
        {reads && <NavLink to={`${base}/history`}>History</NavLink>}
        <NavLink to={`${base}/trace`}>Trace</NavLink>
        <NavLink to={`${base}/refusals`}>Refusals</NavLink>
      </nav>
      <Routes>
        <Route index element={<LivePage />} />
        <Route path="connections" element={<ConnectionsPage />} />
        <Route path="channels" element={<ChannelsPage />} />
        <Route path="presence" element={<PresencePage />} />
        <Route path="history" element={<HistoryPage />} />
        <Route path="trace" element={<TracePage />} />
        <Route path="refusals" element={<RefusalsPage />} />
      </Routes>
    </>
  );
}
