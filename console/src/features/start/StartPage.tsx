import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useReducer } from 'react';
import { Link } from '@tanstack/react-router';
import { createKey } from '../../lib/api/console';
import { keysQuery } from '../../lib/api/queries';
import type { Key } from '../../lib/api/types';
import { afterwards, type Arrival, noArrivals } from '../../lib/live/arrivals';
import { useChannel } from '../../lib/live/useChannel';
import { useClient } from '../../lib/live/useClient';
import { channelSaid } from '../../lib/live/words';
import { at, usePlace } from '../../lib/place';
import { isAtLeast } from '../../lib/roles';
import { keepSecret, keptSecret } from '../../lib/secrets';
import { ArrivalList } from '../../ui/ArrivalList';
import { Form } from '../../ui/Form';
import { Loaded } from '../../ui/Loaded';
import { Snippet } from '../../ui/Snippet';
import { usePageTitle } from '../../ui/usePageTitle';
import { snippets } from './snippets';

const channel = 'my-channel';
const unknownSecret = 'YOUR_SECRET';

/** The way from a new application to its first message. */
export function StartPage() {
  const { tenant, app } = usePlace();
  usePageTitle(`Start · ${app.name}`);
  const query = useQuery(keysQuery(tenant.id, app.id));
  return (
    <Loaded query={query}>
      {({ keys }) => {
        const key = keys.find(({ id }) => keptSecret(id) !== undefined) ?? keys.find(({ closesAt }) => closesAt === undefined);
        return key === undefined ? <NoKey /> : <Steps of={key} />;
      }}
    </Loaded>
  );
}

function NoKey() {
  const { tenant } = usePlace();
  return (
    <section aria-labelledby="key">
      <h2 id="key">1. A key</h2>
      {isAtLeast(tenant.role, 'developer') ? (
        <>
          <p>Whatever talks to the app names one of its keys.</p>
          <NewKey label="First key" />
        </>
      ) : (
        <p className="empty">The app has no key yet. Developers, admins and owners of the team can make one.</p>
      )}
    </section>
  );
}

function NewKey({ label }: { label: string }) {
  const { tenant, app } = usePlace();
  const client = useQueryClient();
  return (
    <Form
      action={() => createKey(tenant.id, app.id, label, null)}
      onDone={({ key, secret }) => {
        keepSecret(key.id, secret);
        void client.invalidateQueries({ queryKey: keysQuery(tenant.id, app.id).queryKey });
      }}
      submit="Make a key"
      fields={[]}
    >
      {() => null}
    </Form>
  );
}

function Steps({ of: key }: { of: Key }) {
  const { tenant } = usePlace();
  const secret = keptSecret(key.id);
  const texts = snippets({ url: window.location.origin, key: key.id, secret: secret ?? unknownSecret, channel });
  return (
    <>
      <section aria-labelledby="key">
        <h2 id="key">1. Your key</h2>
        <h3>Key</h3>
        <Snippet text={key.id} label="Key" />
        <h3>Secret</h3>
        {secret === undefined ? (
          <>
            <p>
              It was shown once, when the key was made. Put it in place of <code>{unknownSecret}</code> below
              {isAtLeast(tenant.role, 'developer') && ', or make another key'}.
            </p>
            {isAtLeast(tenant.role, 'developer') && <NewKey label="Another key" />}
          </>
        ) : (
          <>
            <Snippet text={secret} label="Secret" />
            <p className="hint">It is shown until this tab is closed or reloaded, and never again. Put it where your backend finds it.</p>
          </>
        )}
      </section>
      <section aria-labelledby="send">
        <h2 id="send">2. Send a message</h2>
        <p>Copy one of these. They work as they are.</p>
        {texts.map(({ title, how, text }, index) => (
          <details key={title} name="snippets" open={index === 0}>
            <summary>{title}</summary>
            <p>{how}</p>
            <Snippet text={text} label={`${title} snippet`} />
          </details>
        ))}
      </section>
      <Watch of={key} />
    </>
  );
}

function Watch({ of: key }: { of: Key }) {
  const { tenant, app } = usePlace();
  const { client } = useClient(key.id, undefined);
  const [arrivals, dispatch] = useReducer(afterwards, noArrivals);
  const onArrival = useCallback((arrival: Omit<Arrival, 'id'>) => dispatch({ what: 'arrived', arrival }), []);
  const said = channelSaid(useChannel(client, channel, onArrival));
  const [first] = arrivals.shown;
  return (
    <section aria-labelledby="watch">
      <h2 id="watch">3. Watch it arrive</h2>
      <p className={`badge ${said.tone}`} role="status" aria-label="Channel">
        <code>{channel}</code> is {said.text}
      </p>
      {first === undefined ? (
        <p className="empty">Waiting for the first message …</p>
      ) : (
        <ArrivalList arrivals={arrivals.shown.slice(0, 5)} label="Messages" />
      )}
      <p>
        <Link {...at.live(tenant.id, app.id)} search={{ channel: [channel] }}>
          All of it, with other channels, on the page Live
        </Link>
      </p>
    </section>
  );
}
