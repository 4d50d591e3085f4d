import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { changeApp, deleteApp } from '../../lib/api/console';
import { appQuery, appsQuery } from '../../lib/api/queries';
import type { App } from '../../lib/api/types';
import { at, usePlace } from '../../lib/place';
import { isAtLeast } from '../../lib/roles';
import { Dialog } from '../../ui/Dialog';
import { CheckField, TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { usePageTitle } from '../../ui/usePageTitle';

const limits = [
  ['connections', 'Connections at once', 1_000_000],
  ['messageBytes', 'Bytes of a message', 131_072],
  ['clientEventsPerSecond', 'Client events a second, for each connection', 1_000],
  ['presenceMembers', 'Members of a presence channel', 10_000],
  ['channelsPerConnection', 'Channels of a connection', 10_000],
] as const;

const switches = [
  ['enabled', 'Enabled', 'A disabled app refuses connections and requests.'],
  ['clientEvents', 'Client events', 'Clients may send events on private and presence channels.'],
  ['subscriptionCounts', 'Subscription counts', 'Subscribers are told how many they are.'],
  ['requireSignIn', 'Sign-in required', 'A connection has to sign in, or it is closed.'],
] as const;

type LimitName = (typeof limits)[number][0];

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

/** An empty or odd text stays what it is, so that the server says at the field what it expects. */
function numberOf(text: string): number {
  return /^\d+$/.test(text.trim()) ? Number(text) : (text as unknown as number);
}

function textsOf(app: App): Record<LimitName, string> {
  const { connections, messageBytes, clientEventsPerSecond, presenceMembers, channelsPerConnection } = app;
  return {
    connections: String(connections),
    messageBytes: String(messageBytes),
    clientEventsPerSecond: String(clientEventsPerSecond),
    presenceMembers: String(presenceMembers),
    channelsPerConnection: String(channelsPerConnection),
  };
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
  const [most, setMost] = useState(textsOf(app));
  const [saved, setSaved] = useState(false);

  const save = () =>
    changeApp(tenant.id, app.id, {
      name: name.trim(),
      ...on,
      ...Object.fromEntries(limits.map(([limit]) => [limit, numberOf(most[limit])])),
    });

  return (
    <Form
      action={save}
      onDone={(changed) => {
        client.setQueryData(appQuery(tenant.id, app.id).queryKey, changed);
        void client.invalidateQueries({ queryKey: appsQuery(tenant.id).queryKey });
        setSaved(true);
      }}
      submit="Save"
      disabled={disabled}
      fields={['name', ...limits.map(([limit]) => limit)]}
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
          <div className="grid">
            {limits.map(([limit, label, max]) => (
              <TextField
                key={limit}
                label={label}
                value={most[limit]}
                onChange={(value) => setMost((before) => ({ ...before, [limit]: value }))}
                hint={`1 to ${max.toLocaleString('en')}`}
                wrong={wrong(limit)}
              />
            ))}
          </div>
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
