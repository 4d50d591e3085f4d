import { useInfiniteQuery } from '@tanstack/react-query';
import { usePlace } from '../../lib/place';
import { Moment } from '../../ui/Moment';
import { attemptsQuery, type WebhookAttempt, type Webhook } from './calls';
import { Paged } from './Paged';
import { count, outcomeOf } from './words';

/** The calls of a webhook, or those that carried one event. */
export function Attempts({ of: webhook, event }: { of: Webhook; event: number }) {
  const { tenant, app } = usePlace();
  const query = useInfiniteQuery(attemptsQuery({ tenant: tenant.id, app: app.id }, webhook.id, event));
  return (
    <Paged query={query} empty="No call yet." items={query.data?.pages.flatMap((page) => page.attempts)}>
      {(attempt) => (
        <li key={attempt.number}>
          <Call of={attempt} />
        </li>
      )}
    </Paged>
  );
}

/** One call, and what became of it. */
export function Call({ of: attempt }: { of: WebhookAttempt }) {
  return (
    <>
      <p>
        <span className={`badge ${attempt.accepted ? 'good' : 'bad'}`}>{outcomeOf(attempt)}</span> after {attempt.latency} ms
        {attempt.attempt > 1 && ` · attempt ${attempt.attempt}`}
        {attempt.attempt === 0 ? ' · test' : ` · ${count(attempt.events.length, 'event')}`}
      </p>
      <p className="hint">
        <Moment at={attempt.at} /> · <code>{attempt.id}</code>
      </p>
      {attempt.reply !== '' && (
        <details>
          <summary>{attempt.status === undefined ? 'Why there was no answer' : 'What it answered'}</summary>
          <pre>{attempt.reply}</pre>
        </details>
      )}
    </>
  );
}
