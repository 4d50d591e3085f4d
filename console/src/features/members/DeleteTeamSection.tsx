import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { deleteTenant } from '../../lib/api/console';
import { sessionQuery } from '../../lib/api/queries';
import { useTenant } from '../../lib/place';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';

/** The end of a team; for its owners. */
export function DeleteTeamSection() {
  const [open, setOpen] = useState(false);
  return (
    <section aria-labelledby="delete-team">
      <h2 id="delete-team">Delete the team</h2>
      <p>Its apps go with it: their sockets are closed, and their keys count no more.</p>
      <div className="actions">
        <button type="button" className="quiet bad" onClick={() => setOpen(true)}>
          Delete the team …
        </button>
      </div>
      {open && <Deleting onClose={() => setOpen(false)} />}
    </section>
  );
}

function Deleting({ onClose }: { onClose: () => void }) {
  const tenant = useTenant();
  const [typed, setTyped] = useState('');
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <Dialog title={`Delete ${tenant.name}?`} onClose={onClose}>
      <p>This cannot be undone.</p>
      <Form
        action={() => deleteTenant(tenant.id, typed)}
        onDone={() => {
          // First away from here, as the pages of the team would ask for it.
          void navigate({ to: '/console/account', replace: true });
          client.removeQueries({ queryKey: ['tenant', tenant.id] });
          void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
        }}
        submit="Delete the team"
        danger
        disabled={typed.trim() !== tenant.name}
        fields={['name']}
        onCancel={onClose}
      >
        {(wrong) => <TextField label={`Type ${tenant.name} to confirm`} value={typed} onChange={setTyped} wrong={wrong('name')} />}
      </Form>
    </Dialog>
  );
}
