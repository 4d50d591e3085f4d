import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { endConnection, listConnections } from '../../lib/api/live';
import type { LiveConnection } from '../../lib/api/types';
import { programOf } from '../../lib/browser';
import { usePlace } from '../../lib/place';
import { isAtLeast } from '../../lib/roles';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { Loaded } from '../../ui/Loaded';
import { Moment } from '../../ui/Moment';
import { Pager } from '../../ui/Pager';
import { PauseButton } from '../../ui/PauseButton';
import { Unanswered } from '../../ui/Unanswered';
import { usePageTitle } from '../../ui/usePageTitle';
import { usePages } from './usePages';
import { useSettled, useWhere } from './useWhere';
import { protocolWords } from '../../lib/live/protocols';

const refetchMillis = 2_000;

/** The open connections of all nodes. */
export function ConnectionsPage() {
  const { tenant, app } = usePlace();
  usePageTitle(`Connections · ${app.name}`);
  const where = useWhere();
  const [typed, setTyped] = useState('');
  const [paused, setPaused] = useState(false);
  const [ending, setEnding] = useState<LiveConnection>();
  const filter = useSettled(typed.trim());
  const pages = usePages(filter);
  const client = useQueryClient();
  const queryKey = ['tenant', tenant.id, 'app', app.id, 'connections'];
  const query = useQuery({
    queryKey: [...queryKey, filter, pages.cursor],
    queryFn: ({ signal }) => listConnections(where, filter, pages.cursor, signal),
    placeholderData: keepPreviousData,
    refetchInterval: paused ? false : refetchMillis,
    staleTime: 0,
  });
  const may = isAtLeast(tenant.role, 'developer');
  return (
    <section aria-labelledby="connections">
      <div className="heading">
        <h2 id="connections">Connections</h2>
        <PauseButton paused={paused} onChange={setPaused} />
      </div>
      <TextField label="Filter by id, user, key, protocol, library or address" type="search" value={typed} onChange={setTyped} />
      <Loaded query={query}>
        {({ connections, total, unanswered, cursor }) => (
          <>
            <p className="hint" role="status">
              {total.toLocaleString('en')} open on all nodes{paused && '; the list is paused'}
            </p>
            <Unanswered nodes={unanswered} />
            {connections.length === 0 ? (
              <p className="empty">{total === 0 ? 'Nobody is connected.' : 'No connection matches.'}</p>
            ) : (
              <ul className="audit" aria-label="Open connections">
                {connections.map((each) => (
                  <Row key={each.id} of={each} onEnd={may ? setEnding : undefined} />
                ))}
              </ul>
            )}
            <Pager onBack={pages.back} onNext={cursor === undefined ? undefined : () => pages.on(cursor)} />
          </>
        )}
      </Loaded>
      {ending !== undefined && (
        <Dialog title={`End connection ${ending.id}?`} onClose={() => setEnding(undefined)}>
          <Form
            action={() => endConnection(where, ending.id)}
            onDone={() => {
              setEnding(undefined);
              void client.invalidateQueries({ queryKey });
            }}
            submit="End the connection"
            danger
            fields={[]}
            onCancel={() => setEnding(undefined)}
          >
            {() => <p>It is told not to come back. To keep somebody out, revoke the key or the token.</p>}
          </Form>
        </Dialog>
      )}
    </section>
  );
}

function Row({ of: each, onEnd }: { of: LiveConnection; onEnd: ((connection: LiveConnection) => void) | undefined }) {
  const { id, key, user, protocol, library, from, since, subscriptions } = each;
  return (
    <li className="split">
      <div>
        <p>
          <code>{id}</code> {user !== undefined && <strong>{user}</strong>} <span className="tag">{protocolWords[protocol]}</span>{' '}
          {subscriptions === 1 ? '1 channel' : `${subscriptions} channels`}
        </p>
        <p className="hint">
          since <Moment at={since} />
          {from !== undefined && ` · from ${from}`}
          {library !== undefined && ` · ${programOf(library)}`} · key <code>{key}</code>
        </p>
      </div>
      {onEnd !== undefined && (
        <button type="button" className="quiet bad" onClick={() => onEnd(each)}>
          End<span className="hidden"> {id}</span> …
        </button>
      )}
    </li>
  );
}
