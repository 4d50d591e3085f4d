import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { changeApp, deleteApp } from '../../lib/api/console';
import { appQuery, appsQuery } from '../../lib/api/queries';
import { at, usePlace } from '../../lib/place';
import { isAtLeast } from '../../lib/roles';
import { Dialog } from '../../ui/Dialog';
import { AreaField, CheckField, TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { usePageTitle } from '../../ui/usePageTitle';

const switches = [
  ['enabled', 'Enabled', 'A disabled app refuses connections and requests.'],
  ['clientEvents', 'Client events', 'Clients may send events on private and presence channels.'],
  ['subscriptionCounts', 'Subscription counts', 'Subscribers are told how many they are.'],
  ['requireSignIn', 'Sign-in required', 'A connection has to sign in, or it is closed.'],
] as const;

export function AppSettingsPage() {
  const { tenant, app } = usePlace();
  usePageTitle(`Settings · ${app.name}`);
  const [deleting, setDeleting] = useState(false);
  const may = isAtLeast(tenant.role, 'developer');
  return (
    <>
      <section aria-labelledby="settings">
        <h2 id="settings">Settings</h2>
        {!may && <p>Viewers see them; developers, admins and owners change them.</p>}
        <Settings disabled={!may} />
      </section>
      {isAtLeast(tenant.role, 'admin') && (
        <section aria-labelledby="delete">
          <h2 id="delete">Delete</h2>
          <p>Its keys and rules go with it, and its connections are closed. This cannot be undone.</p>
          <button type="button" className="danger" onClick={() => setDeleting(true)}>
            Delete this app …
          </button>
        </section>
      )}
      {deleting && <Deleting onClose={() => setDeleting(false)} />}
    </>
  );
}

function Settings({ disabled }: { disabled: boolean }) {
  const { tenant, app } = usePlace();
  const client = useQueryClient();
  const [name, setName] = useState(app.name);
  const [on, setOn] = useState({
    enabled: app.enabled,
    clientEvents: app.clientEvents,
    subscriptionCounts: app.subscriptionCounts,
    requireSignIn: app.requireSignIn,
  });
  const [origins, setOrigins] = useState(app.allowedOrigins.join('\n'));
  const [saved, setSaved] = useState(false);

  const save = () =>
    changeApp(tenant.id, app.id, {
      name: name.trim(),
      ...on,
      allowedOrigins: origins.split(/\s+/).filter((origin) => origin !== ''),
    });

  return (
    <Form
      action={save}
      onDone={(changed) => {
        client.setQueryData(appQuery(tenant.id, app.id).queryKey, changed);
        void client.invalidateQueries({ queryKey: appsQuery(tenant.id).queryKey });
        setOrigins(changed.allowedOrigins.join('\n'));
        setSaved(true);
      }}
      submit="Save"
      disabled={disabled}
      fields={['name', 'allowedOrigins']}
    >
      {(wrong) => (
        <fieldset disabled={disabled} onChange={() => setSaved(false)}>
          <legend className="hidden">Settings</legend>
          <TextField label="Name" value={name} onChange={setName} wrong={wrong('name')} />
          {switches.map(([flag, label, hint]) => (
            <CheckField
              key={flag}
              label={label}
              hint={hint}
              checked={on[flag]}
              onChange={(checked) => setOn((before) => ({ ...before, [flag]: checked }))}
            />
          ))}
          <AreaField
            label="Allowed origins"
            hint="Whose web pages may connect, one a line, such as https://app.example.com; none for all that the server lets in. Open connections stay."
            value={origins}
            onChange={setOrigins}
            wrong={wrong('allowedOrigins')}
            rows={3}
          />
          <p role="status">{saved && 'Saved.'}</p>
        </fieldset>
      )}
    </Form>
  );
}

function Deleting({ onClose }: { onClose: () => void }) {
  const { tenant, app } = usePlace();
  const [typed, setTyped] = useState('');
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <Dialog title={`Delete ${app.name}?`} onClose={onClose}>
      <Form
        action={() => deleteApp(tenant.id, app.id)}
        onDone={() => {
          void navigate(at.apps(tenant.id));
          void client.invalidateQueries({ queryKey: appsQuery(tenant.id).queryKey });
        }}
        submit="Delete the app"
        danger
        disabled={typed !== app.name}
        fields={[]}
        onCancel={onClose}
      >
        {() => <TextField label={`Type ${app.name} to confirm`} value={typed} onChange={setTyped} />}
      </Form>
    </Dialog>
  );
}
