import { useQuery } from '@tanstack/react-query';
import { Link, NavLink, Outlet, useParams } from 'react-router';
import { appQuery } from '../lib/api/queries';
import { at, useTenant } from '../lib/place';
import { CopyButton } from '../ui/CopyButton';
import { Loaded } from '../ui/Loaded';

/** The pages of one application. */
export function AppLayout() {
  const tenant = useTenant();
  const { app: id = '' } = useParams();
  const query = useQuery(appQuery(tenant.id, id));
  return (
    <>
      <p className="crumb">
        <Link to={at.apps(tenant.id)}>Apps</Link>
      </p>
      <Loaded query={query}>
        {(app) => (
          <>
            <div className="title">
              <h1>{app.name}</h1>
              <span className={`badge ${app.enabled ? 'good' : 'bad'}`}>{app.enabled ? 'Enabled' : 'Disabled'}</span>
              <span className="id">
                <code>{app.id}</code> <CopyButton text={app.id} />
              </span>
            </div>
            <nav aria-label="App pages" className="tabs">
              <NavLink to="." end>
                Start
              </NavLink>
              <NavLink to="keys">Keys</NavLink>
              <NavLink to="rules">Channel rules</NavLink>
              <NavLink to="webhooks">Webhooks</NavLink>
              <NavLink to="live">Live</NavLink>
              <NavLink to="usage">Usage</NavLink>
              <NavLink to="limits">Limits</NavLink>
              <NavLink to="settings">Settings</NavLink>
            </nav>
            <Outlet key={app.id} context={{ tenant, app }} />
          </>
        )}
      </Loaded>
    </>
  );
}
