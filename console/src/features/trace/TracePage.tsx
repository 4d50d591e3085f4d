import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { listTraces, type TracesOf, type Where } from '../../lib/api/live';
import { usePlace } from '../../lib/place';
import { isAtLeast } from '../../lib/roles';
import { TextField } from '../../ui/Fields';
import { Loaded } from '../../ui/Loaded';
import { PauseButton } from '../../ui/PauseButton';
import { Unanswered } from '../../ui/Unanswered';
import { usePageTitle } from '../../ui/usePageTitle';
import { Sample } from './Sample';
import { TraceList } from './TraceList';

const refetchMillis = 2_000;
const positionForm = /^\d{1,18}:\d{1,18}$/;

/** What became of single messages: accepted, the nodes, their sockets, and what was dropped and why. */
export function TracePage() {
  const { tenant, app } = usePlace();
  usePageTitle(`Trace · ${app.name}`);
  const of: TracesOf = useSearch({ from: '/console/t/$tenant/apps/$app/live/trace' });
  const navigate = useNavigate({ from: '/console/t/$tenant/apps/$app/live/trace' });
  const look = (sought: TracesOf) => void navigate({ search: sought });
  const where = { tenant: tenant.id, app: app.id };
  return (
    <>
      <Find key={JSON.stringify(of)} of={of} onFind={look} />
      <Found where={where} of={of} onAll={() => look({})} />
      {isAtLeast(tenant.role, 'developer') && <Sample where={where} />}
    </>
  );
}

const said = (text: string) => (text.trim() === '' ? undefined : text.trim());

function Find({ of, onFind }: { of: TracesOf; onFind: (sought: TracesOf) => void }) {
  const [id, setId] = useState(of.id ?? '');
  const [channel, setChannel] = useState(of.channel ?? '');
  const [position, setPosition] = useState(of.position ?? '');
  const [wrong, setWrong] = useState<string>();
  const find = (event: FormEvent) => {
    event.preventDefault();
    const at = said(position);
    if (at !== undefined && !positionForm.test(at)) {
      setWrong(`position: ${at} (expected: <epoch>:<offset>)`);
      return;
    }
    setWrong(undefined);
    onFind({ id: said(id), channel: said(channel), position: at });
  };
  return (
    <section aria-labelledby="find-trace">
      <h2 id="find-trace">Find a message</h2>
      <p className="hint">
        A message is traced when its publisher asks for it: with <code>&quot;trace&quot;: true</code> in the message, or the header{' '}
        <code>Carillon-Trace: 1</code>, which Pusher’s API takes too.
      </p>
      <form onSubmit={find} noValidate>
        <div className="grid">
          <TextField label="Message id" mono value={id} onChange={setId} />
          <TextField label="Channel" mono value={channel} onChange={setChannel} />
          <TextField label="Position" mono value={position} onChange={setPosition} wrong={wrong} placeholder="1:1" />
        </div>
        <div className="actions">
          <button type="submit">Find</button>
        </div>
      </form>
    </section>
  );
}

function Found({ where, of, onAll }: { where: Where; of: TracesOf; onAll: () => void }) {
  const [paused, setPaused] = useState(false);
  const query = useQuery({
    queryKey: ['tenant', where.tenant, 'app', where.app, 'traces', of],
    queryFn: ({ signal }) => listTraces(where, of, signal),
    refetchInterval: paused ? false : refetchMillis,
    staleTime: 0,
  });
  const sought = of.id !== undefined || of.channel !== undefined || of.position !== undefined;
  return (
    <section aria-labelledby="traces">
      <div className="heading">
        <h2 id="traces">{sought ? 'What was found' : 'Recent traces'}</h2>
        <div className="actions">
          {sought && (
            <button type="button" className="quiet" onClick={onAll}>
              Show all
            </button>
          )}
          <PauseButton paused={paused} onChange={setPaused} />
        </div>
      </div>
      <p className="hint">Each node keeps the last 100 for an hour; one that was started again has forgotten its own.</p>
      <Loaded query={query}>
        {({ traces, unanswered }) => (
          <>
            <Unanswered nodes={unanswered} />
            {traces.length === 0 ? (
              <p className="empty">{sought ? 'No traced message matches.' : 'No message was traced lately.'}</p>
            ) : (
              <TraceList traces={traces} open={sought} />
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}
