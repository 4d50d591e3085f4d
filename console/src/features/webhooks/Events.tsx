import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { numberOf } from '../../lib/number';
import { usePlace } from '../../lib/place';
import { isAtLeast } from '../../lib/roles';
import { Dialog } from '../../ui/Dialog';
import { SelectField, TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { Moment } from '../../ui/Moment';
import { Attempts } from './Attempts';
import { eventsQuery, replayWebhook, webhooksQuery, type EventState, type Replay, type Webhook, type WebhookEvent } from './calls';
import { Paged } from './Paged';
import { count } from './words';

const states = [
  ['', 'all'],
  ['waiting', 'waiting'],
  ['delivered', 'delivered'],
  ['dead', 'dead letters'],
] as const;

const badges = { waiting: 'waiting', delivered: 'good', dead: 'bad' } as const;

/** What a webhook was or will be told, and telling it again. */
export function Events({ of: webhook }: { of: Webhook }) {
  const { tenant, app } = usePlace();
  const where = { tenant: tenant.id, app: app.id };
  const [state, setState] = useState<EventState | ''>('');
  const [shown, setShown] = useState<WebhookEvent>();
  const [replay, setReplay] = useState<Replay>();
  const query = useInfiniteQuery(eventsQuery(where, webhook.id, state));
  const may = isAtLeast(tenant.role, 'developer');
  return (
    <section aria-labelledby="events">
      <div className="heading">
        <h2 id="events">Events</h2>
        {may && (
          <button type="button" className="quiet" onClick={() => setReplay({})}>
            Replay a range …
          </button>
        )}
        {may && webhook.dead > 0 && (
          <button type="button" className="quiet" onClick={() => setReplay({ state: 'dead' })}>
            Replay dead letters …
          </button>
        )}
      </div>
      <SelectField label="Show" value={state} onChange={setState} options={states} />
      <Paged query={query} empty="No event." items={query.data?.pages.flatMap((page) => page.events)}>
        {(event) => (
          <li key={event.number}>
            <Facts of={event} />
            <div className="actions">
              <button type="button" className="quiet" onClick={() => setShown(event)}>
                Calls<span className="hidden"> of event {event.number}</span> …
              </button>
              {may && event.state !== 'waiting' && (
                <button type="button" className="quiet" onClick={() => setReplay({ first: event.number, last: event.number })}>
                  Replay<span className="hidden"> event {event.number}</span> …
                </button>
              )}
            </div>
          </li>
        )}
      </Paged>
      {shown !== undefined && (
        <Dialog title={`Event ${shown.number}`} onClose={() => setShown(undefined)}>
          <Facts of={shown} />
          {shown.data !== undefined && <pre>{shown.data}</pre>}
          <h3>Calls that carried it</h3>
          <Attempts of={webhook} event={shown.number} />
        </Dialog>
      )}
      {replay !== undefined && <ReplayDialog of={webhook} range={replay} onClose={() => setReplay(undefined)} />}
    </section>
  );
}

function Facts({ of: event }: { of: WebhookEvent }) {
  return (
    <>
      <p>
        <strong>{event.type}</strong> <code>{event.channel}</code> <span className={`badge ${badges[event.state]}`}>{event.state}</span>
      </p>
      <p className="hint">
        Number {event.number} · sequence {event.sequence} of its channel · <Moment at={event.at} />
        {event.userId !== undefined && ` · user ${event.userId}`}
        {event.name !== undefined && ` · ${event.name}`} · {count(event.attempts, 'attempt')}
        {event.replays > 0 && ` · replayed ${count(event.replays, 'time')}`}
      </p>
    </>
  );
}

interface ReplayProps {
  of: Webhook;
  range: Replay;
  onClose: () => void;
}

/** Which events are told again. */
function ReplayDialog({ of: webhook, range, onClose }: ReplayProps) {
  const { tenant, app } = usePlace();
  const where = { tenant: tenant.id, app: app.id };
  const client = useQueryClient();
  const [first, setFirst] = useState(String(range.first ?? ''));
  const [last, setLast] = useState(String(range.last ?? ''));
  const [state, setState] = useState<'' | 'delivered' | 'dead'>(range.state ?? '');
  const [replayed, setReplayed] = useState<number>();
  const wanted: Replay = {};
  if (first.trim() !== '') wanted.first = numberOf(first);
  if (last.trim() !== '') wanted.last = numberOf(last);
  if (state !== '') wanted.state = state;
  return (
    <Dialog title="Replay" onClose={onClose}>
      {replayed === undefined ? (
        <Form
          action={() => replayWebhook(where, webhook.id, wanted)}
          onDone={({ events }) => {
            void client.invalidateQueries({ queryKey: webhooksQuery(where).queryKey });
            setReplayed(events);
          }}
          submit="Replay"
          fields={['first', 'last', 'state']}
          onCancel={onClose}
        >
          {(wrong) => (
            <>
              <p>They are told again in their order, each with the id that it had.</p>
              <div className="grid">
                <TextField label="From number" value={first} onChange={setFirst} hint="The first when it is empty." wrong={wrong('first')} />
                <TextField label="To number" value={last} onChange={setLast} hint="The last when it is empty." wrong={wrong('last')} />
                <SelectField
                  label="Which of them"
                  value={state}
                  onChange={setState}
                  options={[
                    ['', 'delivered ones and dead letters'],
                    ['delivered', 'delivered ones'],
                    ['dead', 'dead letters'],
                  ]}
                  wrong={wrong('state')}
                />
              </div>
            </>
          )}
        </Form>
      ) : (
        <>
          <p role="status">{replayed === 0 ? 'There is no such event.' : `${count(replayed, 'event')} told again.`}</p>
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
