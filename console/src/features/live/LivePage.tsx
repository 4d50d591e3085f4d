import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useReducer, useState } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { keysQuery } from '../../lib/api/queries';
import type { Key } from '../../lib/api/types';
import { afterwards, type Arrival, noArrivals } from '../../lib/live/arrivals';
import { useClient } from '../../lib/live/useClient';
import { connectionSaid } from '../../lib/live/words';
import { usePlace } from '../../lib/place';
import { keptSecret } from '../../lib/secrets';
import { SelectField } from '../../ui/Fields';
import { Loaded } from '../../ui/Loaded';
import { usePageTitle } from '../../ui/usePageTitle';
import { Channels } from './Channels';
import { Messages } from './Messages';
import { Publish } from './Publish';
import { Secret } from './Secret';

/** What happens on an application's channels, as it happens. */
export function LivePage() {
  const { tenant, app } = usePlace();
  usePageTitle(`Live · ${app.name}`);
  const query = useQuery(keysQuery(tenant.id, app.id));
  return (
    <Loaded query={query}>
      {({ keys }) => (keys.length === 0 ? <p className="empty">The app has no key; make one on its page Keys.</p> : <Live keys={keys} />)}
    </Loaded>
  );
}

function Live({ keys }: { keys: readonly Key[] }) {
  const { channel } = useSearch({ from: '/console/t/$tenant/apps/$app/live/' });
  const navigate = useNavigate({ from: '/console/t/$tenant/apps/$app/live/' });
  // With the secret at hand first, then the newest.
  const [key, setKey] = useState(() => (keys.find(({ id }) => keptSecret(id) !== undefined) ?? keys.at(-1))?.id ?? '');
  const [secret, setSecret] = useState(() => keptSecret(key) ?? '');
  const { client, connection } = useClient(key, secret);
  const [arrivals, dispatch] = useReducer(afterwards, noArrivals);
  const onArrival = useCallback((arrival: Omit<Arrival, 'id'>) => dispatch({ what: 'arrived', arrival }), []);
  const channels = useMemo(() => channel?.filter(Boolean) ?? ['my-channel'], [channel]);
  const said = connectionSaid(connection);

  const choose = (chosen: string) => {
    setKey(chosen);
    setSecret(keptSecret(chosen) ?? '');
  };
  const follow = (names: readonly string[]) =>
    // An empty one stands for none at all.
    void navigate({ search: { channel: names.length === 0 ? [''] : [...names] }, replace: true });

  return (
    <>
      <section aria-labelledby="connection">
        <h2 id="connection">Connection</h2>
        <SelectField label="Key" value={key} onChange={choose} options={keys.map(({ id, label }) => [id, `${label} (${id})`] as const)} />
        {secret === '' ? (
          <Secret of={key} onKnown={setSecret} key={key} />
        ) : (
          <p className="hint">Its secret is known to this tab: all channels, and publishing.</p>
        )}
        <p role="status" aria-label="Connection" className={`badge ${said.tone}`}>
          {said.text}
        </p>
        <Channels client={client} names={channels} onChange={follow} onArrival={onArrival} />
      </section>
      <Messages arrivals={arrivals} dispatch={dispatch} />
      <Publish credentials={secret === '' ? undefined : { key, secret }} first={channels[0] ?? 'my-channel'} />
    </>
  );
}
