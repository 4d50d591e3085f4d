import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { invite, withdrawInvitation } from '../../lib/api/console';
import { invitationsQuery } from '../../lib/api/queries';
import type { Invitation, Role } from '../../lib/api/types';
import { useTenant } from '../../lib/place';
import { isAtLeast, roles } from '../../lib/roles';
import { SelectField, TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { Loaded } from '../../ui/Loaded';
import { Moment } from '../../ui/Moment';
import { Trouble } from '../../ui/Trouble';

/** Who was invited and has not come yet, and the form that invites. */
export function Invitations() {
  const tenant = useTenant();
  const client = useQueryClient();
  const query = useQuery(invitationsQuery(tenant.id));
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('developer');
  const [sent, setSent] = useState<string>();
  return (
    <section aria-labelledby="invitations">
      <h2 id="invitations">Invitations</h2>
      <Loaded query={query}>
        {({ invitations }) =>
          invitations.length === 0 ? (
            <p className="empty">Nobody is invited at this moment.</p>
          ) : (
            <ul className="rows">
              {invitations.map((invitation) => (
                <Row key={invitation.id} of={invitation} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <Form
        action={() => invite(tenant.id, email.trim(), role)}
        onDone={(made) => {
          setSent(made.email);
          setEmail('');
          void client.invalidateQueries({ queryKey: invitationsQuery(tenant.id).queryKey });
        }}
        submit="Invite"
        fields={['email', 'role']}
      >
        {(wrong) => (
          <div className="grid">
            <TextField label="E-mail of whom to invite" type="email" value={email} onChange={setEmail} wrong={wrong('email')} />
            <SelectField
              label="Role"
              value={role}
              onChange={setRole}
              options={roles.filter((each) => isAtLeast(tenant.role, each)).map((each) => [each, each] as const)}
              wrong={wrong('role')}
            />
          </div>
        )}
      </Form>
      <p role="status">
        {sent !== undefined && `A link is on its way to ${sent}; it counts for a week. A server that sends no mail prints it to its log.`}
      </p>
    </section>
  );
}

function Row({ of: invitation }: { of: Invitation }) {
  const tenant = useTenant();
  const client = useQueryClient();
  const withdrawing = useMutation({
    mutationFn: () => withdrawInvitation(tenant.id, invitation.id),
    onSettled: () => client.invalidateQueries({ queryKey: invitationsQuery(tenant.id).queryKey }),
  });
  return (
    <li>
      <span>
        {invitation.email} <span className="tag">{invitation.role}</span>{' '}
        <span className="hint">
          until <Moment at={invitation.expiresAt} />
        </span>
      </span>
      <button
        type="button"
        className="quiet bad"
        aria-label={`Withdraw the invitation of ${invitation.email}`}
        disabled={withdrawing.isPending}
        onClick={() => withdrawing.mutate()}
      >
        Withdraw
      </button>
      {withdrawing.isError && <Trouble error={withdrawing.error} />}
    </li>
  );
}
