import { useState } from 'react';
import { wrongField } from '../../lib/api/http';
import { usePlace } from '../../lib/place';
import { Dialog } from '../../ui/Dialog';
import { CheckField, SelectField, TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { changeWebhook, createWebhook, type Format, type NewWebhook, type Webhook } from './calls';
import { typesOf } from './words';

interface Props {
  webhook?: Webhook;
  onMade?: (made: NewWebhook) => void;
  onSaved: () => void;
  onClose: () => void;
}

/** The form of a webhook. */
export function EditWebhook({ webhook, onMade, onSaved, onClose }: Props) {
  const { tenant, app } = usePlace();
  const where = { tenant: tenant.id, app: app.id };
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [label, setLabel] = useState(webhook?.label ?? '');
  const [format, setFormat] = useState<Format>(webhook?.format ?? 'pusher');
  const [types, setTypes] = useState<readonly string[]>(
    webhook?.types ?? ['channel_occupied', 'channel_vacated', 'member_added', 'member_removed'],
  );
  const [channelPrefix, setPrefix] = useState(webhook?.channelPrefix ?? '');
  const [batched, setBatched] = useState(webhook?.batched ?? false);

  const offered = typesOf(format);
  const save = async () => {
    const chosen = offered.map(([word]) => word).filter((word) => types.includes(word));
    if (chosen.length === 0) {
      throw wrongField('types', 'none (expected: at least one)');
    }
    const wanted = { url: url.trim(), label: label.trim(), format, types: chosen, channelPrefix: channelPrefix.trim(), batched };
    if (webhook === undefined) {
      onMade?.(await createWebhook(where, wanted));
    } else {
      await changeWebhook(where, webhook.id, wanted);
      onSaved();
    }
  };

  return (
    <Dialog title={webhook === undefined ? 'New webhook' : 'Edit the webhook'} onClose={onClose}>
      <Form action={save} onDone={() => undefined} submit="Save the webhook" fields={['url', 'label', 'format', 'channelPrefix']} onCancel={onClose}>
        {(wrong) => (
          <>
            <TextField
              label="Address"
              mono
              value={url}
              onChange={setUrl}
              placeholder="https://example.com/hooks"
              hint="Your server answers POST requests here with a status of 2xx."
              wrong={wrong('url')}
            />
            <div className="grid">
              <SelectField
                label="Format"
                value={format}
                onChange={setFormat}
                options={[
                  ['pusher', 'Pusher’s'],
                  ['carillon', 'Carillon’s, with ids and sequence numbers'],
                ]}
                wrong={wrong('format')}
              />
              <TextField
                label="Channels that begin with"
                mono
                value={channelPrefix}
                onChange={setPrefix}
                placeholder="presence-"
                hint="All when it is empty."
                wrong={wrong('channelPrefix')}
              />
            </div>
            <fieldset>
              <legend>What it is told</legend>
              {offered.map(([word, words]) => (
                <CheckField
                  key={word}
                  label={words}
                  hint={word}
                  checked={types.includes(word)}
                  onChange={(on) => setTypes(on ? [...types, word] : types.filter((other) => other !== word))}
                />
              ))}
            </fieldset>
            <CheckField
              label="Several events in one call"
              hint="Up to 100; otherwise each event has a call of its own."
              checked={batched}
              onChange={setBatched}
            />
            <TextField label="Label" value={label} onChange={setLabel} hint="For you and your team." wrong={wrong('label')} />
          </>
        )}
      </Form>
    </Dialog>
  );
}
