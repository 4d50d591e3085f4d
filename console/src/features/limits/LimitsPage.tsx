import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { appQuery } from '../../lib/api/queries';
import { getAppLimits, putAppLimits } from '../../lib/api/limits';
import type { AppLimit, AppLimits, Quota } from '../../lib/api/types';
import { numberOf } from '../../lib/number';
import { usePlace } from '../../lib/place';
import { isAtLeast } from '../../lib/roles';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { Loaded } from '../../ui/Loaded';
import { usePageTitle } from '../../ui/usePageTitle';
import { amount, inUse, levels, named, ownOf, rangeOf, share, sources } from './words';
import './limits.css';

const refetchInterval = 10_000;

/** What limits the application, who says so, and how much of it is used. */
export function LimitsPage() {
  const { tenant, app } = usePlace();
  usePageTitle(`Limits of ${app.name}`);
  const query = useQuery({
    queryKey: ['tenant', tenant.id, 'app', app.id, 'limits'],
    queryFn: ({ signal }) => getAppLimits(tenant.id, app.id, signal),
    refetchInterval,
  });
  return (
    <Loaded query={query}>
      {(limits) => (
        <>
          <section aria-labelledby="quotas">
            <h2 id="quotas">This month</h2>
            <p>
              The team {tenant.name} has the plan <strong>{limits.plan}</strong>. All its apps share what the plan allows in a
              day and a month. At 80 and 100 % owners and admins get a mail, and webhooks that ask for it are told.
            </p>
            <ul className="quotas">
              {limits.quotas.map((quota) => (
                <Used key={quota.name} quota={quota} />
              ))}
            </ul>
          </section>
          <section aria-labelledby="limits">
            <h2 id="limits">Limits</h2>
            <Table limits={limits.limits} />
          </section>
          {isAtLeast(tenant.role, 'developer') && (
            <section aria-labelledby="own">
              <h2 id="own">This app’s own</h2>
              <p>Empty fields go by the plan. A change acts within a second, also on open connections.</p>
              <Own limits={limits} />
            </section>
          )}
        </>
      )}
    </Loaded>
  );
}

function Used({ quota }: { quota: Quota }) {
  const part = share(quota);
  const words = `${named(quota.name)}: ${amount(quota.used)}${quota.allowed === 0 ? ', no limit' : ` of ${amount(quota.allowed)}`}`;
  return (
    <li>
      <span id={quota.name}>{words}</span>
      {part !== undefined && (
        <>
          <meter aria-labelledby={quota.name} min={0} max={100} high={80} optimum={0} value={Math.min(part, 100)} />
          <span className={`badge ${part >= 100 ? 'bad' : part >= 80 ? 'warn' : 'good'}`}>{part} %</span>
        </>
      )}
      {part !== undefined && part >= 100 && quota.overrun === 'refuse' && (
        <span className="wrong">Messages are refused until {quota.to.slice(0, 10)}.</span>
      )}
    </li>
  );
}

function Table({ limits }: { limits: AppLimit[] }) {
  return (
    <div className="scrolled" role="region" aria-label="All limits" tabIndex={0}>
      <table className="limits">
        <thead>
          <tr>
            <th scope="col">Limit</th>
            <th scope="col">Of</th>
            <th scope="col">Value</th>
            <th scope="col">Set by</th>
            <th scope="col">In use</th>
          </tr>
        </thead>
        <tbody>
          {limits.map((limit) => (
            <tr key={limit.name}>
              <th scope="row">
                {named(limit.name)}
                <p className="hint">{limit.meaning}.</p>
              </th>
              <td>{levels[limit.level]}</td>
              <td>{limit.value === 0 ? 'no limit' : `${amount(limit.value)} ${limit.unit}`}</td>
              <td>{sources[limit.source]}</td>
              <td>{inUse(limit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Own({ limits }: { limits: AppLimits }) {
  const { tenant, app } = usePlace();
  const client = useQueryClient();
  const editable = limits.limits.filter((limit) => limit.editable);
  const [values, setValues] = useState(ownOf(limits.limits));
  const [saved, setSaved] = useState(false);
  const given = Object.entries(values).filter(([, text]) => text.trim() !== '');
  return (
    <Form
      action={() => putAppLimits(tenant.id, app.id, Object.fromEntries(given.map(([name, text]) => [name, numberOf(text)])))}
      onDone={(changed) => {
        client.setQueryData(['tenant', tenant.id, 'app', app.id, 'limits'], changed);
        void client.invalidateQueries({ queryKey: appQuery(tenant.id, app.id).queryKey });
        setSaved(true);
      }}
      submit="Save"
      fields={editable.map((limit) => limit.name)}
    >
      {(wrong) => (
        <fieldset onChange={() => setSaved(false)}>
          <legend className="hidden">The app’s own limits</legend>
          <div className="grid">
            {editable.map((limit) => (
              <TextField
                key={limit.name}
                label={named(limit.name)}
                value={values[limit.name] ?? ''}
                placeholder={limit.planValue === 0 ? 'no limit' : String(limit.planValue)}
                onChange={(value) => setValues((before) => ({ ...before, [limit.name]: value }))}
                hint={rangeOf(limit)}
                wrong={wrong(limit.name)}
              />
            ))}
          </div>
          <p role="status">{saved && 'Saved.'}</p>
        </fieldset>
      )}
    </Form>
  );
}
