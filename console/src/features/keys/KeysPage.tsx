import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keysQuery } from '../../lib/api/queries';
import type { Key, NewKey } from '../../lib/api/types';
import { programOf } from '../../lib/browser';
import { usePlace } from '../../lib/place';
import { isAtLeast } from '../../lib/roles';
import { keepSecret } from '../../lib/secrets';
import { CopyButton } from '../../ui/CopyButton';
import { Dialog } from '../../ui/Dialog';
import { Loaded } from '../../ui/Loaded';
import { Moment } from '../../ui/Moment';
import { Snippet } from '../../ui/Snippet';
import { usePageTitle } from '../../ui/usePageTitle';
import { CreateKey, EditKey } from './KeyForm';
import { KeyPrograms } from './KeyPrograms';
import { RevokeKey } from './RevokeKey';
import { RotateKey } from './RotateKey';

type Open =
  | { what: 'create' }
  | { what: 'secret'; made: NewKey }
  | { what: 'edit' | 'rotate' | 'revoke' | 'programs'; key: Key };

export function KeysPage() {
  const { tenant, app } = usePlace();
  usePageTitle(`Keys · ${app.name}`);
  const query = useQuery(keysQuery(tenant.id, app.id));
  const client = useQueryClient();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const refresh = () => void client.invalidateQueries({ queryKey: keysQuery(tenant.id, app.id).queryKey });
  const made = (key: NewKey) => {
    keepSecret(key.key.id, key.secret);
    refresh();
    setOpen({ what: 'secret', made: key });
  };
  const may = isAtLeast(tenant.role, 'developer');
  return (
    <>
      <div className="heading">
        <h2>Keys</h2>
        {may && (
          <button type="button" onClick={() => setOpen({ what: 'create' })}>
            New key
          </button>
        )}
      </div>
      <Loaded query={query}>
        {({ keys }) =>
          keys.length === 0 ? (
            <p className="empty">The app has no key; nothing can connect to it.</p>
          ) : (
            <ul className="cards">
              {keys.map((key) => (
                <li key={key.id}>
                  <KeyFacts of={key} />
                  <button type="button" className="quiet" onClick={() => setOpen({ what: 'programs', key })}>
                    Who uses it<span className="hidden"> ({key.label})</span> …
                  </button>
                  {may && (
                    <div className="actions">
                      <button type="button" className="quiet" onClick={() => setOpen({ what: 'edit', key })}>
                        Change …
                      </button>
                      {key.closesAt === undefined && (
                        <button type="button" className="quiet" onClick={() => setOpen({ what: 'rotate', key })}>
                          Rotate …
                        </button>
                      )}
                      <button type="button" className="quiet bad" onClick={() => setOpen({ what: 'revoke', key })}>
                        Revoke …
                      </button>
                    </div>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {open?.what === 'create' && <CreateKey onMade={made} onClose={close} />}
      {open?.what === 'secret' && <Secret made={open.made} onClose={close} />}
      {open?.what === 'edit' && (
        <EditKey
          of={open.key}
          onSaved={() => {
            refresh();
            close();
          }}
          onClose={close}
        />
      )}
      {open?.what === 'rotate' && <RotateKey of={open.key} onMade={made} onClose={close} />}
      {open?.what === 'programs' && <KeyPrograms of={open.key} onClose={close} />}
      {open?.what === 'revoke' && <RevokeKey of={open.key} onRevoked={refresh} onClose={close} />}
    </>
  );
}

function KeyFacts({ of: key }: { of: Key }) {
  return (
    <>
      <h3>{key.label}</h3>
      <p className="copy-inline">
        <code>{key.id}</code> <CopyButton text={key.id} />
      </p>
      <dl className="facts">
        <dt>May do</dt>
        <dd>
          {key.capabilities === undefined ? (
            'everything'
          ) : (
            <ul className="plain">
              {Object.entries(key.capabilities).map(([pattern, words]) => (
                <li key={pattern}>
                  <code>{pattern}</code>: {words.join(', ')}
                </li>
              ))}
            </ul>
          )}
        </dd>
        <dt>Since</dt>
        <dd>
          <Moment at={key.since} />
        </dd>
        <dt>Last used</dt>
        <dd>
          {key.lastUsedAt === undefined ? (
            'not yet'
          ) : (
            <>
              <Moment at={key.lastUsedAt} />
              {key.lastUsedBy !== undefined && ` by ${programOf(key.lastUsedBy)}`}
            </>
          )}
        </dd>
        {key.replaces !== undefined && (
          <>
            <dt>Replaces</dt>
            <dd>
              <code>{key.replaces}</code>
            </dd>
          </>
        )}
        {key.closesAt !== undefined && (
          <>
            <dt>Closes</dt>
            <dd>
              <Moment at={key.closesAt} />, as it has a successor
            </dd>
          </>
        )}
      </dl>
    </>
  );
}

/** The only sight of a secret. */
function Secret({ made: { key, secret }, onClose }: { made: NewKey; onClose: () => void }) {
  return (
    <Dialog title="The key’s secret" onClose={onClose}>
      <p>It is shown this once. Put it where your backend finds it, and nowhere else.</p>
      <h3>Key</h3>
      <Snippet text={key.id} label="Key" />
      <h3>Secret</h3>
      <Snippet text={secret} label="Secret" />
      <div className="actions">
        <button type="button" onClick={onClose}>
          I have copied it
        </button>
      </div>
    </Dialog>
  );
}
