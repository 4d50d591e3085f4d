import { useState } from 'react';
import { changeKey, createKey } from '../../lib/api/console';
import type { Key, NewKey } from '../../lib/api/types';
import { usePlace } from '../../lib/place';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { capabilitiesOf, limitOf, type Limit } from './limit';
import { LimitField } from './LimitField';

const fields = ['label', 'capabilities'];

export function CreateKey({ onMade, onClose }: { onMade: (made: NewKey) => void; onClose: () => void }) {
  const { tenant, app } = usePlace();
  return (
    <KeyDialog
      title="New key"
      submit="Create the key"
      save={async (label, limit) => createKey(tenant.id, app.id, label, capabilitiesOf(limit))}
      onDone={onMade}
      onClose={onClose}
    />
  );
}

export function EditKey({ of: key, onSaved, onClose }: { of: Key; onSaved: () => void; onClose: () => void }) {
  const { tenant, app } = usePlace();
  return (
    <KeyDialog
      title={`Key “${key.label}”`}
      submit="Save"
      of={key}
      save={async (label, limit) => changeKey(tenant.id, app.id, key.id, { label, capabilities: capabilitiesOf(limit) })}
      onDone={onSaved}
      onClose={onClose}
    />
  );
}

interface Props<T> {
  title: string;
  submit: string;
  of?: Key;
  save: (label: string, limit: Limit) => Promise<T>;
  onDone: (value: T) => void;
  onClose: () => void;
}

function KeyDialog<T>({ title, submit, of: key, save, onDone, onClose }: Props<T>) {
  const [label, setLabel] = useState(key?.label ?? '');
  const [limit, setLimit] = useState<Limit>(() => limitOf(key?.capabilities));
  return (
    <Dialog title={title} onClose={onClose}>
      <Form action={() => save(label.trim(), limit)} onDone={onDone} submit={submit} fields={fields} onCancel={onClose}>
        {(wrong) => (
          <>
            <TextField label="Label" value={label} onChange={setLabel} hint="Who uses it, such as “Backend”." wrong={wrong('label')} />
            <LimitField value={limit} onChange={setLimit} wrong={wrong('capabilities')} />
          </>
        )}
      </Form>
    </Dialog>
  );
}
