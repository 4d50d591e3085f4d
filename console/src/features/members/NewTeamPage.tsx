import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { createTenant } from '../../lib/api/console';
import { sessionQuery } from '../../lib/api/queries';
import { at, useWho } from '../../lib/place';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { usePageTitle } from '../../ui/usePageTitle';

export function NewTeamPage() {
  usePageTitle('New team');
  const { tenants } = useWho();
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <>
      <h1>New team</h1>
      <section>
        <p>
          {tenants.length === 0 && 'You are a member of no team at this moment. '}
          Apps belong to a team, and teams never learn of each other.
        </p>
        <Form
          action={() => createTenant(name.trim())}
          onDone={(made) => {
            void client.invalidateQueries({ queryKey: sessionQuery.queryKey }).then(() => navigate(at.apps(made.id)));
          }}
          submit="Create the team"
          fields={['name']}
        >
          {(wrong) => <TextField label="Name" value={name} onChange={setName} hint="1 to 100 characters." wrong={wrong('name')} />}
        </Form>
      </section>
    </>
  );
}
