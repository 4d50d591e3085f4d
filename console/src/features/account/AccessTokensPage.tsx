import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createAccessToken, revokeAccessToken } from '../../lib/api/console';
import { accessTokensQuery } from '../../lib/api/queries';
import type { AccessToken, NewAccessToken, Tenant } from '../../lib/api/types';
import { useWho } from '../../lib/place';
import { Dialog } from '../../ui/Dialog';
import { SelectField, TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { Loaded } from '../../ui/Loaded';
import { Moment } from '../../ui/Moment';
import { Snippet } from '../../ui/Snippet';
import { usePageTitle } from '../../ui/usePageTitle';

type Open = { what: 'create' } | { what: 'secret'; made: NewAccessToken } | { what: 'revoke'; token: AccessToken };

/** What programs show in place of a session. */
export function AccessTokensPage() {
  usePageTitle('Access tokens');
  const { tenants } = useWho();
  const query = useQuery(accessTokensQuery);
  const client = useQueryClient();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const refresh = () => void client.invalidateQueries({ queryKey: accessTokensQuery.queryKey });
  return (
    <>
      <div className="heading">
        <h1>Access tokens</h1>
        <button type="button" onClick={() => setOpen({ what: 'create' })}>
          New access token
        </button>
      </div>
      <p>
        A program sends one as <code>Authorization: Bearer</code> to do what you may do, up to the token’s role. What it does is in the audit
        log with the token’s label.
      </p>
      <Loaded query={query}>
        {({ tokens }) =>
          tokens.length === 0 ? (
            <p className="empty">You have no access token.</p>
          ) : (
            <ul className="cards">
              {tokens.map((token) => (
                <li key={token.id}>
                  <Facts of={token} tenants={tenants} />
                  <div className="actions">
                    <button type="button" className="quiet bad" onClick={() => setOpen({ what: 'revoke', token })}>
                      Revoke …
                    </button>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {open?.what === 'create' && (
        <Create
          tenants={tenants}
          onMade={(made) => {
            refresh();
            setOpen({ what: 'secret', made });
          }}
          onClose={close}
        />
      )}
      {open?.what === 'secret' && <Secret made={open.made} onClose={close} />}
      {open?.what === 'revoke' && (
        <Dialog title={`Revoke “${open.token.label}”?`} onClose={close}>
          <p>Programs that use it are refused from then on.</p>
          <Form
            action={() => revokeAccessToken(open.token.id)}
            onDone={() => {
              refresh();
              close();
            }}
            submit="Revoke the token"
            fields={[]}
            danger
            onCancel={close}
          >
            {() => null}
          </Form>
        </Dialog>
      )}
    </>
  );
}

function Facts({ of: token, tenants }: { of: AccessToken; tenants: readonly Tenant[] }) {
  const team = tenants.find(({ id }) => id === token.tenant);
  const ended = Date.parse(token.expiresAt) <= Date.now();
  return (
    <>
      <h2>
        {token.label} {ended && <span className="badge bad">Ended</span>}
      </h2>
      <dl className="facts">
        <dt>Counts in</dt>
        <dd>
          {token.tenant === undefined ? 'all your teams' : (team?.name ?? 'a team that you have left')}, as {token.role} at most
        </dd>
        <dt>Since</dt>
        <dd>
          <Moment at={token.since} />
        </dd>
        <dt>Ends</dt>
        <dd>
          <Moment at={token.expiresAt} />
        </dd>
        <dt>Last used</dt>
        <dd>{token.lastUsedAt === undefined ? 'never' : <Moment at={token.lastUsedAt} />}</dd>
      </dl>
    </>
  );
}

const everywhere = '';
const roles: readonly (readonly [AccessToken['role'], string])[] = [
  ['viewer', 'viewer: reads'],
  ['developer', 'developer: apps, keys and rules'],
  ['admin', 'admin: also members and the audit log'],
];
const lives = [
  ['7', 'a week'],
  ['30', '30 days'],
  ['90', '90 days'],
  ['365', 'a year'],
] as const;

function Create({ tenants, onMade, onClose }: { tenants: readonly Tenant[]; onMade: (made: NewAccessToken) => void; onClose: () => void }) {
  const [label, setLabel] = useState('');
  const [role, setRole] = useState<AccessToken['role']>('developer');
  const [tenant, setTenant] = useState(everywhere);
  const [days, setDays] = useState<(typeof lives)[number][0]>('90');
  return (
    <Dialog title="New access token" onClose={onClose}>
      <Form
        action={() =>
          createAccessToken({ label: label.trim(), role, days: Number(days), ...(tenant === everywhere ? {} : { tenant }) })
        }
        onDone={onMade}
        submit="Make the token"
        fields={['label', 'role', 'tenant', 'days']}
        onCancel={onClose}
      >
        {(wrong) => (
          <>
            <TextField label="Label" value={label} onChange={setLabel} hint="Which program uses it, such as “CI”." wrong={wrong('label')} />
            <SelectField
              label="Team"
              value={tenant}
              onChange={setTenant}
              options={[[everywhere, 'all my teams'], ...tenants.map(({ id, name }) => [id, name] as const)]}
              wrong={wrong('tenant')}
            />
            <SelectField label="Role at most" value={role} onChange={setRole} options={roles} wrong={wrong('role')} />
            <SelectField label="Ends after" value={days} onChange={setDays} options={lives} wrong={wrong('days')} />
          </>
        )}
      </Form>
    </Dialog>
  );
}

/** The only sight of a token. */
function Secret({ made: { token, secret }, onClose }: { made: NewAccessToken; onClose: () => void }) {
  return (
    <Dialog title={`The token of “${token.label}”`} onClose={onClose}>
      <p>It is shown this once. Put it where your program finds it, and nowhere else.</p>
      <Snippet text={secret} label="Access token" />
      <div className="actions">
        <button type="button" onClick={onClose}>
          I have copied it
        </button>
      </div>
    </Dialog>
  );
}
