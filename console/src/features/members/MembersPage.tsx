import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { changeMember, removeMember } from '../../lib/api/console';
import { membersQuery, sessionQuery } from '../../lib/api/queries';
import type { Role, TeamMember } from '../../lib/api/types';
import { useTenant } from '../../lib/place';
import { isAtLeast, roles } from '../../lib/roles';
import { Dialog } from '../../ui/Dialog';
import { Form } from '../../ui/Form';
import { Loaded } from '../../ui/Loaded';
import { Moment } from '../../ui/Moment';
import { Trouble } from '../../ui/Trouble';
import { usePageTitle } from '../../ui/usePageTitle';
import { Invitations } from './Invitations';

export function MembersPage() {
  usePageTitle('Members');
  const tenant = useTenant();
  const query = useQuery(membersQuery(tenant.id));
  const admin = isAtLeast(tenant.role, 'admin');
  return (
    <>
      <h1>Members</h1>
      <Loaded query={query}>
        {({ members }) => (
          <ul className="cards">
            {members.map((member) => (
              <li key={member.id}>
                <MemberCard of={member} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {admin && <Invitations />}
      <section aria-labelledby="roles">
        <h2 id="roles">What a role may do</h2>
        <dl className="facts">
          <dt>Owner</dt>
          <dd>everything; a team has at least one</dd>
          <dt>Admin</dt>
          <dd>invites, changes and removes members, deletes apps, reads the audit log, renames the team</dd>
          <dt>Developer</dt>
          <dd>makes and changes apps, keys and channel rules</dd>
          <dt>Viewer</dt>
          <dd>sees apps, keys without their secrets, rules and members</dd>
        </dl>
      </section>
    </>
  );
}

function MemberCard({ of: member }: { of: TeamMember }) {
  const tenant = useTenant();
  const client = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const mayChange = isAtLeast(tenant.role, 'admin') && isAtLeast(tenant.role, member.role);
  const changing = useMutation({
    mutationFn: (role: Role) => changeMember(tenant.id, member.id, role),
    onSettled: () => client.invalidateQueries({ queryKey: membersQuery(tenant.id).queryKey }),
    onSuccess: () => (member.self ? client.invalidateQueries({ queryKey: sessionQuery.queryKey }) : undefined),
  });
  return (
    <>
      <h2>
        {member.email} {member.self && <span className="hint">(you)</span>}
      </h2>
      <p className="hint">
        Member since <Moment at={member.since} />
      </p>
      <div className="actions">
        {mayChange ? (
          <select
            aria-label={`Role of ${member.email}`}
            value={changing.isPending ? changing.variables : member.role}
            disabled={changing.isPending}
            onChange={(event) => changing.mutate(event.target.value as Role)}
          >
            {roles
              .filter((role) => isAtLeast(tenant.role, role))
              .map((role) => (
                <option key={role}>{role}</option>
              ))}
          </select>
        ) : (
          <span className="tag">{member.role}</span>
        )}
        {(mayChange || member.self) && (
          <button type="button" className="quiet bad" onClick={() => setRemoving(true)}>
            {member.self ? 'Leave the team …' : 'Remove …'}
          </button>
        )}
      </div>
      {changing.isError && <Trouble error={changing.error} />}
      {removing && <Removing member={member} onClose={() => setRemoving(false)} />}
    </>
  );
}

function Removing({ member, onClose }: { member: TeamMember; onClose: () => void }) {
  const tenant = useTenant();
  const client = useQueryClient();
  const navigate = useNavigate();
  const done = async () => {
    onClose();
    if (member.self) {
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      await navigate({ to: '/console' });
    } else {
      await client.invalidateQueries({ queryKey: membersQuery(tenant.id).queryKey });
    }
  };
  return (
    <Dialog title={member.self ? `Leave ${tenant.name}?` : `Remove ${member.email}?`} onClose={onClose}>
      <Form
        action={() => removeMember(tenant.id, member.id)}
        onDone={() => void done()}
        submit={member.self ? 'Leave the team' : 'Remove the member'}
        danger
        fields={[]}
        onCancel={onClose}
      >
        {() => <p>{member.self ? 'You' : 'They'} see nothing of the team from then on. The apps’ keys stay as they are.</p>}
      </Form>
    </Dialog>
  );
}
