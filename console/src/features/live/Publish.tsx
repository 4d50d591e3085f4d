import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { type Credentials, publish, type Published } from '../../lib/api/backend';
import { wrongField } from '../../lib/api/http';
import { at, usePlace } from '../../lib/place';
import { AreaField, CheckField, TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';

/** Makes an event, over REST as a backend does. */
export function Publish({ credentials, first }: { credentials: Credentials | undefined; first: string }) {
  const { tenant, app } = usePlace();
  const [channel, setChannel] = useState(first);
  const [name, setName] = useState('greeting');
  const [data, setData] = useState('{"text":"hello"}');
  const [id, setId] = useState('');
  const [traced, setTraced] = useState(false);
  const [sent, setSent] = useState<Published & { traced: boolean }>();

  const send = async (by: Credentials) => {
    const message = { name: name.trim(), data: parsed(data), ...(id.trim() === '' ? {} : { id: id.trim() }), ...(traced ? { trace: true } : {}) };
    return { ...(await publish(by, channel.trim(), message)), traced };
  };

  return (
    <section aria-labelledby="publish">
      <h2 id="publish">Publish an event</h2>
      {credentials === undefined ? (
        <p className="empty">Publishing needs the secret of the key, as backends have it: enter it above.</p>
      ) : (
        <Form action={async () => send(credentials)} onDone={setSent} submit="Publish" fields={['channel', 'name', 'data', 'id']}>
          {(wrong) => (
            <>
              <div className="grid">
                <TextField label="Channel" mono value={channel} onChange={setChannel} wrong={wrong('channel')} />
                <TextField label="Event" mono value={name} onChange={setName} wrong={wrong('name')} />
              </div>
              <AreaField label="Data (JSON)" value={data} onChange={setData} wrong={wrong('data')} />
              <TextField
                label="Id"
                mono
                value={id}
                onChange={setId}
                hint="Optional: sent again with the same id, it counts once."
                wrong={wrong('id')}
              />
              <CheckField
                label="Trace it"
                hint="Every node notes what becomes of it, for an hour."
                checked={traced}
                onChange={setTraced}
              />
            </>
          )}
        </Form>
      )}
      <p role="status">
        {sent !== undefined && (
          <>
            Published to <code>{sent.channel}</code> at <code>{`${sent.epoch}:${sent.offset}`}</code>.{' '}
            {sent.traced && (
              <Link {...at.trace(tenant.id, app.id)} search={{ channel: sent.channel, position: `${sent.epoch}:${sent.offset}` }}>
                Follow its trace
              </Link>
            )}
          </>
        )}
      </p>
    </section>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw wrongField('data', `${error instanceof Error ? error.message : String(error)} (expected: JSON; text stands in quotes)`);
  }
}
