import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { deleteAccount } from '../../lib/api/console';
import { secondFactorQuery, sessionQuery } from '../../lib/api/queries';
import { forgetSecrets } from '../../lib/secrets';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { Loaded } from '../../ui/Loaded';

/** The end of an account. */
export function DeleteAccountSection() {
  const [open, setOpen] = useState(false);
  return (
    <section aria-labelledby="delete-account">
      <h2 id="delete-account">Delete the account</h2>
      <p>It leaves its teams. Whoever is the only owner of a team makes somebody else an owner before, or deletes the team.</p>
      <div className="actions">
        <button type="button" className="quiet bad" onClick={() => setOpen(true)}>
          Delete the account …
        </button>
      </div>
      {open && <Deleting onClose={() => setOpen(false)} />}
    </section>
  );
}

function Deleting({ onClose }: { onClose: () => void }) {
  const factor = useQuery(secondFactorQuery);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <Dialog title="Delete your account?" onClose={onClose}>
      <p>This cannot be undone.</p>
      <Loaded query={factor}>
        {({ on }) => (
          <Form
            action={() => deleteAccount(password, on ? code : undefined)}
            onDone={() => {
              forgetSecrets();
              client.clear();
              client.setQueryData(sessionQuery.queryKey, null);
              void navigate({ to: '/' });
            }}
            submit="Delete the account"
            danger
            fields={['password', 'code']}
            onCancel={onClose}
          >
            {(wrong) => (
              <>
                <TextField
                  label="Password"
                  type="password"
                  autoComplete="current-password"
                  value={password}
                  onChange={setPassword}
                  wrong={wrong('password')}
                />
                {on && (
                  <TextField
                    label="Code"
                    autoComplete="one-time-code"
                    value={code}
                    onChange={setCode}
                    hint="Of the authenticator, or a recovery code."
                    wrong={wrong('code')}
                  />
                )}
              </>
            )}
          </Form>
        )}
      </Loaded>
    </Dialog>
  );
}
