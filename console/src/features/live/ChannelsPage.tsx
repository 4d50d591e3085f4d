import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { listChannels } from '../../lib/api/live';
import { at, usePlace } from '../../lib/place';
import { isAtLeast } from '../../lib/roles';
import { TextField } from '../../ui/Fields';
import { Loaded } from '../../ui/Loaded';
import { Pager } from '../../ui/Pager';
import { PauseButton } from '../../ui/PauseButton';
import { usePageTitle } from '../../ui/usePageTitle';
import { usePages } from './usePages';
import { useSettled, useWhere } from './useWhere';

const refetchMillis = 2_000;

/** The channels that somebody listens to. */
export function ChannelsPage() {
  const { tenant, app } = usePlace();
  usePageTitle(`Channels · ${app.name}`);
  const where = useWhere();
  const [typed, setTyped] = useState('');
  const [paused, setPaused] = useState(false);
  const prefix = useSettled(typed.trim());
  const pages = usePages(prefix);
  const query = useQuery({
    queryKey: ['tenant', tenant.id, 'app', app.id, 'channels', prefix, pages.cursor],
    queryFn: ({ signal }) => listChannels(where, prefix, pages.cursor, signal),
    placeholderData: keepPreviousData,
    refetchInterval: paused ? false : refetchMillis,
    staleTime: 0,
  });
  const reads = isAtLeast(tenant.role, 'developer');
  return (
    <section aria-labelledby="occupied">
      <div className="heading">
        <h2 id="occupied">Occupied channels</h2>
        <PauseButton paused={paused} onChange={setPaused} />
      </div>
      <TextField label="Names that start with" type="search" mono value={typed} onChange={setTyped} />
      <Loaded query={query}>
        {({ channels, next }) => (
          <>
            {channels.length === 0 ? (
              <p className="empty">{prefix === '' ? 'Nobody listens to any channel.' : 'No channel with such a name is listened to.'}</p>
            ) : (
              <ul className="rows" aria-labelledby="occupied">
                {channels.map(({ name, subscriptions }) => (
                  <li key={name}>
                    <code>{name}</code>
                    <span>{subscriptions === 1 ? '1 subscriber' : `${subscriptions.toLocaleString('en')} subscribers`}</span>
                    <span className="links">
                      <Link {...at.live(tenant.id, app.id)} search={{ channel: [name] }}>
                        Events<span className="hidden"> of {name}</span>
                      </Link>
                      {reads && name.startsWith('presence-') && (
                        <Link {...at.presence(tenant.id, app.id)} search={{ channel: name }}>
                          Members<span className="hidden"> of {name}</span>
                        </Link>
                      )}
                      {reads && (
                        <Link {...at.history(tenant.id, app.id)} search={{ channel: name }}>
                          History<span className="hidden"> of {name}</span>
                        </Link>
                      )}
                    </span>
                  </li>
                ))}
              </ul>
            )}
            <Pager onBack={pages.back} onNext={next === undefined ? undefined : () => pages.on(next)} />
          </>
        )}
      </Loaded>
    </section>
  );
}
