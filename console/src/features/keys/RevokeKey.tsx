import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { revokeKey } from '../../lib/api/console';
import { keyConnectionsQuery } from '../../lib/api/queries';
import type { Key, KeyRevoked } from '../../lib/api/types';
import { usePlace } from '../../lib/place';
import { Dialog } from '../../ui/Dialog';
import { Form } from '../../ui/Form';
import { Loaded } from '../../ui/Loaded';
import { Unanswered } from '../../ui/Unanswered';

interface Props {
  of: Key;
  onRevoked: () => void;
  onClose: () => void;
}

/** Ends a key, after saying what ends with it, and shows how its connections go. */
export function RevokeKey({ of: key, onRevoked, onClose }: Props) {
  const { tenant, app } = usePlace();
  const query = useQuery(keyConnectionsQuery(tenant.id, app.id, key.id));
  const [gone, setGone] = useState<KeyRevoked>();
  if (gone !== undefined) {
    return (
      <Dialog title={`${key.label} is revoked`} onClose={onClose}>
        <p>It had {connectionsOf(gone.connections)}.</p>
        <Loaded query={query}>
          {({ connections, unanswered }) => (
            <>
              <p role="status">
                <strong className="count">{connectionsOf(connections)}</strong> left.
              </p>
              <Unanswered nodes={unanswered} />
            </>
          )}
        </Loaded>
        <div className="actions">
          <button type="button" onClick={onClose}>
            Close
          </button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={`Revoke ${key.label}?`} onClose={onClose}>
      <Loaded query={query}>
        {({ connections, unanswered }) => (
          <>
            <p>
              <strong className="count">{connectionsOf(connections)}</strong> came with it and will be cut off at once. Backends that sign with it are
              refused from then on. This cannot be undone.
            </p>
            <Unanswered nodes={unanswered} />
          </>
        )}
      </Loaded>
      <Form
        action={() => revokeKey(tenant.id, app.id, key.id)}
        onDone={(revoked) => {
          setGone(revoked);
          onRevoked();
        }}
        submit="Revoke the key"
        danger
        fields={[]}
        onCancel={onClose}
      >
        {() => null}
      </Form>
    </Dialog>
  );
}

function connectionsOf(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'connection' : 'connections'}`;
}
