import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { signOutElsewhere } from '../../lib/api/console';
import { accountEventsQuery, sessionsQuery } from '../../lib/api/queries';
import { browserOf } from '../../lib/browser';
import { Loaded } from '../../ui/Loaded';
import { Moment } from '../../ui/Moment';
import { Trouble } from '../../ui/Trouble';
import { wordsOf } from './events';

/** Where the account is signed in, and a way to end that. */
export function SessionsSection() {
  const query = useQuery(sessionsQuery);
  const client = useQueryClient();
  const ending = useMutation({
    mutationFn: signOutElsewhere,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
      void client.invalidateQueries({ queryKey: accountEventsQuery.queryKey });
    },
  });
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">Where you are signed in</h2>
      <Loaded query={query}>
        {({ sessions }) => (
          <>
            <ul className="events">
              {sessions.map((session) => (
                <li key={`${session.since} ${session.browser}`}>
                  {browserOf(session.browser)} {session.current && <strong className="tag">this browser</strong>}
                  <p className="hint">
                    since <Moment at={session.since} /> · from {session.from}
                  </p>
                </li>
              ))}
            </ul>
            <div className="actions">
              <button type="button" className="quiet" disabled={ending.isPending || sessions.length < 2} onClick={() => ending.mutate()}>
                Sign out everywhere else
              </button>
            </div>
          </>
        )}
      </Loaded>
      {ending.isError && <Trouble error={ending.error} onRetry={() => ending.mutate()} />}
      <p role="status">{ending.data !== undefined && `Signed out at ${ending.data.sessions} other ${ending.data.sessions === 1 ? 'place' : 'places'}.`}</p>
    </section>
  );
}

/** What became of the account of late. */
export function EventsSection() {
  const query = useQuery(accountEventsQuery);
  return (
    <section aria-labelledby="events">
      <h2 id="events">Recent sign-ins and changes</h2>
      <p>If one of these was not you, change the password.</p>
      <Loaded query={query}>
        {({ events }) => (
          <ol className="events">
            {events.map((event, index) => (
              <li key={events.length - index}>
                {wordsOf(event.action)}
                <p className="hint" title={event.browser}>
                  <Moment at={event.at} /> · from {event.from} · {browserOf(event.browser)}
                </p>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </section>
  );
}
