import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { explain, listRefusals } from '../../lib/api/live';
import type { Permission, Refusal } from '../../lib/api/types';
import { usePlace } from '../../lib/place';
import { isAtLeast } from '../../lib/roles';
import { SelectField, TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { Loaded } from '../../ui/Loaded';
import { Moment } from '../../ui/Moment';
import { PauseButton } from '../../ui/PauseButton';
import { Unanswered } from '../../ui/Unanswered';
import { usePageTitle } from '../../ui/usePageTitle';
import { decidedWords } from './decided';
import { useWhere } from './useWhere';

const refetchMillis = 2_000;

/** What was refused last, and what would be. */
export function RefusalsPage() {
  const { tenant, app } = usePlace();
  usePageTitle(`Refusals · ${app.name}`);
  return (
    <>
      <Recent />
      {isAtLeast(tenant.role, 'developer') && <DryRun />}
    </>
  );
}

function Recent() {
  const where = useWhere();
  const [paused, setPaused] = useState(false);
  const query = useQuery({
    queryKey: ['tenant', where.tenant, 'app', where.app, 'refusals'],
    queryFn: ({ signal }) => listRefusals(where, signal),
    refetchInterval: paused ? false : refetchMillis,
    staleTime: 0,
  });
  return (
    <section aria-labelledby="refused">
      <div className="heading">
        <h2 id="refused">Why was I refused?</h2>
        <PauseButton paused={paused} onChange={setPaused} />
      </div>
      <p className="hint">The last refusals, from the memory of each node; a node that was started again has forgotten its own.</p>
      <Loaded query={query}>
        {({ refusals, unanswered }) => (
          <>
            <Unanswered nodes={unanswered} />
            {refusals.length === 0 ? (
              <p className="empty">Nothing was refused lately.</p>
            ) : (
              <ol className="audit" aria-label="Refusals">
                {refusals.map((each, index) => (
                  <Row key={`${each.at} ${index}`} of={each} />
                ))}
              </ol>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Row({ of: { at, what, code, channel, key, connection, reason } }: { of: Refusal }) {
  return (
    <li>
      <p>
        <strong>{what}</strong> {channel !== undefined && <code>{channel}</code>} <span className="tag">{code}</span>
      </p>
      <p>{reason}</p>
      <p className="hint">
        <Moment at={at} />
        {key !== undefined && (
          <>
            {' · key '}
            <code>{key}</code>
          </>
        )}
        {connection !== undefined && (
          <>
            {' · connection '}
            <code>{connection}</code>
          </>
        )}
      </p>
    </li>
  );
}

const subjects = [
  ['key', 'Anyone with the key alone'],
  ['token', 'The holder of a client token'],
  ['server', 'A backend, with the secret'],
] as const;
const operations = [
  ['subscribe', 'subscribe'],
  ['publish', 'publish'],
  ['presence', 'be present'],
  ['history', 'read the history'],
  ['client-event', 'send a client event (Pusher)'],
] as const;

/** The decision that would be taken, without the deed. */
function DryRun() {
  const where = useWhere();
  const [subject, setSubject] = useState<(typeof subjects)[number][0]>('key');
  const [key, setKey] = useState('');
  const [token, setToken] = useState('');
  const [operation, setOperation] = useState<string>('subscribe');
  const [channel, setChannel] = useState('');
  const [decision, setDecision] = useState<Permission>();
  const ask = () =>
    explain(where, {
      operation,
      channel: channel.trim(),
      ...(subject === 'key' ? { key: key.trim() } : {}),
      ...(subject === 'token' ? { token: token.trim() } : {}),
    });
  return (
    <section aria-labelledby="dry-run">
      <h2 id="dry-run">What would be decided?</h2>
      <Form action={ask} onDone={setDecision} submit="Ask" fields={[]}>
        {() => (
          <>
            <SelectField label="Who" value={subject} onChange={setSubject} options={subjects} />
            {subject === 'key' && <TextField label="Key" mono value={key} onChange={setKey} hint="Without its secret." />}
            {subject === 'token' && (
              <TextField label="Client token" mono value={token} onChange={setToken} hint="It is read here once and kept nowhere." />
            )}
            <div className="grid">
              <SelectField label="Wants to" value={operation} onChange={setOperation} options={operations} />
              <TextField label="On channel" mono value={channel} onChange={setChannel} />
            </div>
          </>
        )}
      </Form>
      <div role="status">
        {decision !== undefined && (
          <p>
            <span className={`badge ${decision.allowed ? 'good' : 'bad'}`}>{decision.allowed ? 'Allowed' : 'Refused'}</span>{' '}
            {decision.operation} on <code>{decision.channel}</code>: {decidedWords(decision.decidedBy)}
            {decision.problem !== undefined && (
              <>
                {' '}
                The client is told: {decision.problem.detail} (<code>{decision.problem.code}</code>)
              </>
            )}
          </p>
        )}
      </div>
    </section>
  );
}
