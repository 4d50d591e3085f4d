import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { Fragment } from 'react';
import { appQuery } from '../lib/api/queries';
import type { App } from '../lib/api/types';
import { AppContext, at, useTenant } from '../lib/place';
import { CopyButton } from '../ui/CopyButton';
import { Loaded } from '../ui/Loaded';

/** The pages of one application. */
export function AppLayout() {
  const tenant = useTenant();
  const { app: id } = useParams({ from: '/console/t/$tenant/apps/$app' });
  const query = useQuery(appQuery(tenant.id, id));
  return (
    <>
      <p className="crumb">
        <Link {...at.apps(tenant.id)} activeOptions={{ exact: true }}>
          Apps
        </Link>
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
            <Tabs tenant={tenant.id} app={app} />
            <AppContext value={app}>
              <Fragment key={app.id}>
                <Outlet />
              </Fragment>
            </AppContext>
          </>
        )}
      </Loaded>
    </>
  );
}

function Tabs({ tenant, app }: { tenant: string; app: App }) {
  const params = { tenant, app: app.id };
  return (
    <nav aria-label="App pages" className="tabs">
      <Link {...at.app(tenant, app.id)} activeOptions={{ exact: true }}>
        Start
      </Link>
      <Link to="/console/t/$tenant/apps/$app/keys" params={params}>
        Keys
      </Link>
      <Link to="/console/t/$tenant/apps/$app/rules" params={params}>
        Channel rules
      </Link>
      <Link {...at.webhooks(tenant, app.id)}>Webhooks</Link>
      <Link {...at.live(tenant, app.id)} activeOptions={{ includeSearch: false }}>
        Live
      </Link>
      <Link to="/console/t/$tenant/apps/$app/usage" params={params}>
        Usage
      </Link>
      <Link to="/console/t/$tenant/apps/$app/settings" params={params}>
        Settings
      </Link>
    </nav>
  );
}
