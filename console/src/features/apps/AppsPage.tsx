import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from '@tanstack/react-router';
import { createApp, createKey } from '../../lib/api/console';
import { appsQuery } from '../../lib/api/queries';
import type { App, Tenant } from '../../lib/api/types';
import { at, useTenant } from '../../lib/place';
import { isAtLeast } from '../../lib/roles';
import { keepSecret } from '../../lib/secrets';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { Loaded } from '../../ui/Loaded';
import { Moment } from '../../ui/Moment';
import { usePageTitle } from '../../ui/usePageTitle';

export function AppsPage() {
  usePageTitle('Apps');
  const tenant = useTenant();
  const query = useQuery(appsQuery(tenant.id));
  const [making, setMaking] = useState(false);
  const may = isAtLeast(tenant.role, 'developer');
  return (
    <>
      <div className="heading">
        <h1>Apps</h1>
        {may && (query.data?.apps.length ?? 0) > 0 && (
          <button type="button" onClick={() => setMaking(true)}>
            New app
          </button>
        )}
      </div>
      <Loaded query={query}>
        {({ apps }) => (apps.length === 0 ? <FirstApp tenant={tenant} may={may} /> : <AppList tenant={tenant} apps={apps} />)}
      </Loaded>
      {making && (
        <Dialog title="New app" onClose={() => setMaking(false)}>
          <NewApp tenant={tenant} onCancel={() => setMaking(false)} />
        </Dialog>
      )}
    </>
  );
}

function FirstApp({ tenant, may }: { tenant: Tenant; may: boolean }) {
  return may ? (
    <section aria-labelledby="first">
      <h2 id="first">Your first app</h2>
      <p>An app has channels, keys and limits of its own. Name it after what you build, and what it is for, such as “Shop, testing”.</p>
      <NewApp tenant={tenant} />
    </section>
  ) : (
    <p className="empty">There is no app yet. Developers, admins and owners of the team can make one.</p>
  );
}

/** Makes an application with its first key, whose secret the next page shows. */
function NewApp({ tenant, onCancel }: { tenant: Tenant; onCancel?: () => void }) {
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <Form
      action={async () => {
        const app = await createApp(tenant.id, name.trim());
        try {
          const { key, secret } = await createKey(tenant.id, app.id, 'First key', null);
          keepSecret(key.id, secret);
        } catch {
          // The app is there; its first page offers to make a key.
        }
        return app;
      }}
      onDone={(app) => {
        void client.invalidateQueries({ queryKey: appsQuery(tenant.id).queryKey });
        void navigate(at.app(tenant.id, app.id));
      }}
      submit="Create the app"
      fields={['name']}
      onCancel={onCancel}
    >
      {(wrong) => <TextField label="Name" value={name} onChange={setName} hint="1 to 100 characters." wrong={wrong('name')} />}
    </Form>
  );
}

function AppList({ tenant, apps }: { tenant: Tenant; apps: readonly App[] }) {
  return (
    <ul className="cards">
      {apps.map((app) => (
        <li key={app.id}>
          <h2>
            <Link {...at.app(tenant.id, app.id)}>{app.name}</Link>
          </h2>
          <p className={`badge ${app.enabled ? 'good' : 'bad'}`}>{app.enabled ? 'Enabled' : 'Disabled'}</p>
          <p className="hint">
            App <code>{app.id}</code>, since <Moment at={app.since} />
          </p>
        </li>
      ))}
    </ul>
  );
}
