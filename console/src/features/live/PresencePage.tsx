import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { listMembers } from '../../lib/api/live';
import { usePlace } from '../../lib/place';
import { TextField } from '../../ui/Fields';
import { Loaded } from '../../ui/Loaded';
import { PauseButton } from '../../ui/PauseButton';
import { usePageTitle } from '../../ui/usePageTitle';
import { useWhere } from './useWhere';

const refetchMillis = 2_000;
/** A roster may have 10,000 members, and nobody reads them all. */
const shownMax = 500;

/** Who is on a presence channel. */
export function PresencePage() {
  const { app } = usePlace();
  usePageTitle(`Presence · ${app.name}`);
  const { channel = '' } = useSearch({ from: '/console/t/$tenant/apps/$app/live/presence' });
  const navigate = useNavigate({ from: '/console/t/$tenant/apps/$app/live/presence' });
  const [typed, setTyped] = useState(channel === '' ? 'presence-' : channel);
  const look = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ search: { channel: typed.trim() } });
  };
  return (
    <section aria-labelledby="presence">
      <h2 id="presence">Who is present</h2>
      <form onSubmit={look} noValidate>
        <TextField label="Presence channel" mono value={typed} onChange={setTyped} />
        <div className="actions">
          <button type="submit">Show the members</button>
        </div>
      </form>
      {channel !== '' && <MembersOf channel={channel} key={channel} />}
    </section>
  );
}

function MembersOf({ channel }: { channel: string }) {
  const where = useWhere();
  const [paused, setPaused] = useState(false);
  const [filter, setFilter] = useState('');
  const query = useQuery({
    queryKey: ['tenant', where.tenant, 'app', where.app, 'members', channel],
    queryFn: ({ signal }) => listMembers(where, channel, signal),
    placeholderData: keepPreviousData,
    refetchInterval: paused ? false : refetchMillis,
    staleTime: 0,
  });
  return (
    <Loaded query={query}>
      {({ members }) => {
        const wanted = filter.trim().toLowerCase();
        const matching = members.filter(
          ({ id, info }) => wanted === '' || id.toLowerCase().includes(wanted) || textOf(info).toLowerCase().includes(wanted),
        );
        return (
          <>
            <div className="heading">
              <p role="status">
                {members.length === 1 ? '1 member' : `${members.length.toLocaleString('en')} members`}
                {wanted !== '' && `, ${matching.length} match`}
                {matching.length > shownMax && `; the first ${shownMax} are shown`}
              </p>
              <PauseButton paused={paused} onChange={setPaused} />
            </div>
            {members.length === 0 ? (
              <p className="empty">Nobody is present.</p>
            ) : (
              <>
                <TextField label="Filter by id or data" type="search" value={filter} onChange={setFilter} />
                <ul className="rows" aria-label="Members">
                  {matching.slice(0, shownMax).map(({ id, info }) => (
                    <li key={id}>
                      <strong>{id}</strong>
                      {info !== undefined && <code className="wrap">{textOf(info)}</code>}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

function textOf(info: unknown): string {
  return info === undefined ? '' : JSON.stringify(info);
}
