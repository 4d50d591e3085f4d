import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { renameTenant } from '../../lib/api/console';
import { sessionQuery } from '../../lib/api/queries';
import { useTenant } from '../../lib/place';
import { isAtLeast } from '../../lib/roles';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { usePageTitle } from '../../ui/usePageTitle';
import { DeleteTeamSection } from './DeleteTeamSection';

export function TeamSettingsPage() {
  usePageTitle('Team settings');
  const tenant = useTenant();
  const client = useQueryClient();
  const [name, setName] = useState(tenant.name);
  const [saved, setSaved] = useState(false);
  const may = isAtLeast(tenant.role, 'admin');
  return (
    <>
      <h1>Team settings</h1>
      <section>
        <dl className="facts">
          <dt>Your role</dt>
          <dd>{tenant.role}</dd>
          <dt>Id</dt>
          <dd>
            <code>{tenant.id}</code>
          </dd>
        </dl>
        {!may && <p>Admins and owners rename the team.</p>}
        <Form
          action={() => renameTenant(tenant.id, name.trim())}
          onDone={() => {
            setSaved(true);
            void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
          }}
          submit="Save"
          disabled={!may}
          fields={['name']}
        >
          {(wrong) => (
            <fieldset disabled={!may} onChange={() => setSaved(false)}>
              <legend className="hidden">Team settings</legend>
              <TextField label="Name" value={name} onChange={setName} hint="1 to 100 characters." wrong={wrong('name')} />
            </fieldset>
          )}
        </Form>
        <p role="status">{saved && 'Saved.'}</p>
      </section>
      {tenant.role === 'owner' && <DeleteTeamSection />}
    </>
  );
}
