import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { revokeKey } from '../../lib/api/console';
import { keyQuery } from '../../lib/api/queries';
import type { Key, KeyRevoked } from '../../lib/api/types';
import { usePlace } from '../../lib/place';
import { Dialog } from '../../ui/Dialog';
import { Form } from '../../ui/Form';
import { Loaded } from '../../ui/Loaded';

/** Ends a key, after saying what ends with it. */
export function RevokeKey({ of: key, onRevoked, onClose }: { of: Key; onRevoked: () => void; onClose: () => void }) {
  const [gone, setGone] = useState<KeyRevoked>();
  return (
    <Dialog title={`Revoke ${key.label}?`} onClose={onClose}>
      {gone === undefined ? (
        <Asking
          of={key}
          onDone={(revoked) => {
            setGone(revoked);
            onRevoked();
          }}
          onClose={onClose}
        />
      ) : (
        <>
          <p role="status">
            The key is revoked. {connectionsOf(gone.connections)} {gone.connections === 1 ? 'was' : 'were'} cut off.
          </p>
          <div className="actions">
            <button type="button" onClick={onClose}>
              Close
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}

function Asking({ of: key, onDone, onClose }: { of: Key; onDone: (gone: KeyRevoked) => void; onClose: () => void }) {
  const { tenant, app } = usePlace();
  const query = useQuery(keyQuery(tenant.id, app.id, key.id));
  return (
    <>
      <Loaded query={query}>
        {({ connections = 0 }) => (
          <p>
            <strong className="count">{connectionsOf(connections)}</strong> of this node came with it and will be cut off at once. Backends that
            sign with it are refused from then on. This cannot be undone.
          </p>
        )}
      </Loaded>
      <Form
        action={() => revokeKey(tenant.id, app.id, key.id)}
        onDone={onDone}
        submit="Revoke the key"
        danger
        fields={[]}
        onCancel={onClose}
      >
        {() => null}
      </Form>
    </>
  );
}

export function connectionsOf(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'connection' : 'connections'}`;
}
