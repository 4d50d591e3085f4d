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

const unusedTimes = [
  ['', 'keep it until then'],
  [String(day / 24), 'an hour'],
  [String(day), 'a day'],
  [String(7 * day), 'a week'],
] as const;

/** Makes a key's successor. */
export function RotateKey({ of: key, onMade, onClose }: { of: Key; onMade: (made: NewKey) => void; onClose: () => void }) {
  const { tenant, app } = usePlace();
  const [overlap, setOverlap] = useState<string>(String(7 * day));
  const [unused, setUnused] = useState<string>('');
  const rotation = { overlapSeconds: Number(overlap), ...(unused === '' ? {} : { unusedSeconds: Number(unused) }) };
  return (
    <Dialog title={`Rotate ${key.label}`} onClose={onClose}>
      <p>
        A second key takes its place. Both count until the first is closed, so that you can replace it everywhere without a break; revoke it earlier
        when nothing uses it any more.
      </p>
      <Form
        action={() => rotateKey(tenant.id, app.id, key.id, rotation)}
        onDone={onMade}
        submit="Make the successor"
        fields={['overlapSeconds', 'unusedSeconds']}
        onCancel={onClose}
      >
        {(wrong) => (
          <>
            <SelectField
              label="Both count for"
              value={overlap}
              onChange={setOverlap}
              options={overlaps}
              wrong={wrong('overlapSeconds')}
            />
            <SelectField
              label="Close the first earlier when unused for"
              value={unused}
              onChange={setUnused}
              options={unusedTimes}
              hint="An open connection uses its key all the time."
              wrong={wrong('unusedSeconds')}
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}
