import { useState } from 'react';
import { putRule } from '../../lib/api/console';
import { wrongField } from '../../lib/api/http';
import type { Rule } from '../../lib/api/types';
import { usePlace } from '../../lib/place';
import { Dialog } from '../../ui/Dialog';
import { AreaField, SelectField, TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { formOf, requestOf, type RuleForm } from './ruleForm';

const asSettings = ['', 'as the settings say'] as const;
const standings = [
  asSettings,
  ['clients', 'every client'],
  ['tokens', 'clients with a token'],
  ['server', 'backends alone'],
] as const;
const slowPolicies = [
  ['', 'disconnected, and they resume'],
  ['drop-oldest', 'the oldest messages give way'],
  ['latest-per-key', 'the newest of each event'],
] as const;
const fields = ['pattern', 'messageBytes', 'historyDays', 'hot', 'publish', 'subscribe', 'presence', 'slow', 'events', 'schema'];

/** The form of a rule; another pattern than before makes a second one. */
export function EditRule({ rule, onSaved, onClose }: { rule?: Rule; onSaved: () => void; onClose: () => void }) {
  const { tenant, app } = usePlace();
  const [form, setForm] = useState<RuleForm>(() => formOf(rule));
  const set =
    <K extends keyof RuleForm>(name: K) =>
    (value: RuleForm[K]) =>
      setForm((before) => ({ ...before, [name]: value }));

  const save = async () => {
    if (form.pattern.trim() === '') {
      throw wrongField('pattern', 'missing (expected: a channel’s name, or the beginning of names with *)');
    }
    let request;
    try {
      request = requestOf(form);
    } catch (error) {
      throw wrongField('schema', `${String(error)} (expected: JSON)`);
    }
    return putRule(tenant.id, app.id, form.pattern.trim(), request);
  };

  return (
    <Dialog title={rule === undefined ? 'New rule' : `Rule ${rule.pattern}`} onClose={onClose}>
      <Form action={save} onDone={onSaved} submit="Save the rule" fields={fields} onCancel={onClose}>
        {(wrong) => (
          <>
            <TextField
              label="Pattern"
              mono
              value={form.pattern}
              onChange={set('pattern')}
              readOnly={rule !== undefined}
              placeholder="chat:*"
              wrong={wrong('pattern')}
            />
            <div className="grid">
              <SelectField label="Who may publish" value={form.publish} onChange={set('publish')} options={standings} wrong={wrong('publish')} />
              <SelectField
                label="Who may subscribe"
                value={form.subscribe}
                onChange={set('subscribe')}
                options={standings}
                wrong={wrong('subscribe')}
              />
              <SelectField
                label="Who may be present"
                value={form.presence}
                onChange={set('presence')}
                options={[...standings.slice(0, 3), ['server', 'nobody']]}
                wrong={wrong('presence')}
              />
              <SelectField
                label="Client events (Pusher)"
                value={form.clientEvents}
                onChange={set('clientEvents')}
                options={[asSettings, ['yes', 'allowed'], ['no', 'not allowed']]}
              />
              <TextField
                label="Bytes of a message"
                value={form.messageBytes}
                onChange={set('messageBytes')}
                hint="1 to 1,048,576"
                wrong={wrong('messageBytes')}
              />
              <TextField
                label="Days in the archive"
                value={form.historyDays}
                onChange={set('historyDays')}
                hint="1 to 365"
                wrong={wrong('historyDays')}
              />
              <TextField
                label="Messages kept for resuming"
                value={form.hotMessages}
                onChange={set('hotMessages')}
                hint="0 to 100,000, with the seconds"
                wrong={wrong('hot')}
              />
              <TextField label="Seconds they are kept" value={form.hotSeconds} onChange={set('hotSeconds')} hint="1 to 86,400" />
            </div>
            <SelectField
              label="Readers that are too slow"
              value={form.slow === 'disconnect' ? '' : form.slow}
              onChange={set('slow')}
              options={slowPolicies}
              hint="Native clients are told what they miss; Pusher’s libraries are not."
              wrong={wrong('slow')}
            />
            <TextField
              label="Events that are allowed"
              value={form.events}
              onChange={set('events')}
              hint="Names with commas between them; any when empty."
              wrong={wrong('events')}
            />
            <AreaField
              label="JSON schema of the data"
              value={form.schema}
              onChange={set('schema')}
              hint="2020-12; anything when empty."
              wrong={wrong('schema')}
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}
