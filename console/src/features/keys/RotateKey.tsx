import { useState } from 'react';
import { rotateKey } from '../../lib/api/console';
import type { Key, NewKey } from '../../lib/api/types';
import { usePlace } from '../../lib/place';
import { Dialog } from '../../ui/Dialog';
import { SelectField } from '../../ui/Fields';
import { Form } from '../../ui/Form';

const day = 86_400;
const overlaps = [
  [String(day / 24), 'an hour'],
  [String(day), 'a day'],
  [String(7 * day), 'a week'],
  [String(30 * day), '30 days'],
  [String(90 * day), '90 days'],
] as const;

/** Makes a key's successor. */
export function RotateKey({ of: key, onMade, onClose }: { of: Key; onMade: (made: NewKey) => void; onClose: () => void }) {
  const { tenant, app } = usePlace();
  const [overlap, setOverlap] = useState<string>(String(7 * day));
  return (
    <Dialog title={`Rotate ${key.label}`} onClose={onClose}>
      <p>
        A second key takes its place. Both count until the first is closed, so that you can replace it everywhere without a break; revoke it earlier
        when nothing uses it any more.
      </p>
      <Form
        action={() => rotateKey(tenant.id, app.id, key.id, Number(overlap))}
        onDone={onMade}
        submit="Make the successor"
        fields={['overlapSeconds']}
        onCancel={onClose}
      >
        {(wrong) => (
          <SelectField
            label="Both count for"
            value={overlap}
            onChange={setOverlap}
            options={overlaps}
            wrong={wrong('overlapSeconds')}
          />
        )}
      </Form>
    </Dialog>
  );
}
