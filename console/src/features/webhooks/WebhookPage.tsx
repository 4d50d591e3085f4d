import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { at, usePlace } from '../../lib/place';
import { isAtLeast } from '../../lib/roles';
import { Dialog } from '../../ui/Dialog';
import { Form } from '../../ui/Form';
import { Loaded } from '../../ui/Loaded';
import { Moment } from '../../ui/Moment';
import { usePageTitle } from '../../ui/usePageTitle';
import { Attempts, Call } from './Attempts';
import { changeSecret, changeWebhook, deleteWebhook, testWebhook, webhooksQuery, type WebhookAttempt, type Webhook } from './calls';
import { EditWebhook } from './EditWebhook';
import { Events } from './Events';
import { SecretDialog } from './SecretDialog';
import { ago, count, healthOf } from './words';

/** One webhook: how it fares, its events and the ledger of its calls. */
export function WebhookPage() {
  const { tenant, app } = usePlace();
  const { webhook: id } = useParams({ from: '/console/t/$tenant/apps/$app/webhooks/$webhook' });
  const query = useQuery(webhooksQuery({ tenant: tenant.id, app: app.id }));
  return (
    <>
      <p className="crumb">
        <Link {...at.webhooks(tenant.id, app.id)} activeOptions={{ exact: true }}>
          Webhooks
        </Link>
      </p>
      <Loaded query={query}>
        {({ webhooks }) => {
          const webhook = webhooks.find((one) => one.id === id);
          return webhook === undefined ? <p className="empty">The app has no such webhook.</p> : <Opened webhook={webhook} />;
        }}
      </Loaded>
    </>
  );
}

type Open = 'edit' | 'delete' | 'secret' | { made: string };

function Opened({ webhook }: { webhook: Webhook }) {
  const { tenant, app } = usePlace();
  usePageTitle(`Webhook · ${app.name}`);
  const where = { tenant: tenant.id, app: app.id };
  const client = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState<Open>();
  const refresh = () => client.invalidateQueries({ queryKey: webhooksQuery(where).queryKey });
  const close = () => setOpen(undefined);
  const saved = () => {
    close();
    void refresh();
  };
  const may = isAtLeast(tenant.role, 'developer');
  const [words, kind] = healthOf(webhook, new Date());
  return (
    <>
      <div className="heading">
        <h2>{webhook.label === '' ? 'Webhook' : webhook.label}</h2>
        <span className={`badge ${kind}`}>{words}</span>
        {may && (
          <button type="button" className="quiet" onClick={() => setOpen('edit')}>
            Edit …
          </button>
        )}
        {may && webhook.format === 'carillon' && (
          <button type="button" className="quiet" onClick={() => setOpen('secret')}>
            Change the secret …
          </button>
        )}
        {may && (
          <button type="button" className="quiet bad" onClick={() => setOpen('delete')}>
            Remove …
          </button>
        )}
      </div>
      <p>
        <code>{webhook.url}</code>
      </p>
      <p>
        {count(webhook.waiting, 'event')} waiting
        {webhook.oldest !== undefined && ` (the oldest for ${ago(webhook.oldest, new Date())})`}, {count(webhook.dead, 'dead letter')}
        {webhook.failures > 0 && `, ${count(webhook.failures, 'call')} failed in a row`}.
        {webhook.closedUntil !== undefined && new Date(webhook.closedUntil) > new Date() && (
          <>
            {' '}
            The next call is tried at <Moment at={webhook.closedUntil} />.
          </>
        )}
      </p>
      {webhook.formerSecretUntil !== undefined && new Date(webhook.formerSecretUntil) > new Date() && (
        <p className="hint">
          Calls have a signature of the former secret, too, until <Moment at={webhook.formerSecretUntil} />.
        </p>
      )}
      {may && (
        <Form
          action={() => changeWebhook(where, webhook.id, { paused: !webhook.paused })}
          onDone={() => void refresh()}
          submit={webhook.paused ? 'Go on' : 'Pause'}
          fields={[]}
        >
          {() => (
            <p className="hint">
              {webhook.paused ? 'It is not called; what happens meanwhile waits.' : 'A paused webhook is not called, and what happens meanwhile waits.'}
            </p>
          )}
        </Form>
      )}
      {may && <TestCall of={webhook} />}
      <Events of={webhook} />
      <section aria-labelledby="ledger">
        <h2 id="ledger">Ledger</h2>
        <p className="hint">Every call of the last seven days, with the first kilobyte of the answer.</p>
        <Attempts of={webhook} event={0} />
      </section>
      {open === 'edit' && <EditWebhook webhook={webhook} onSaved={saved} onClose={close} />}
      {open === 'secret' && (
        <Dialog title="Change the secret?" onClose={close}>
          <Form
            action={() => changeSecret(where, webhook.id)}
            onDone={({ secret }) => {
              void refresh();
              setOpen({ made: secret });
            }}
            submit="Make a new secret"
            fields={[]}
            onCancel={close}
          >
            {() => <p>For 24 hours calls have a signature of each, so your server may learn the new one at any time within them.</p>}
          </Form>
        </Dialog>
      )}
      {typeof open === 'object' && <SecretDialog secret={open.made} onClose={close} />}
      {open === 'delete' && (
        <Dialog title="Remove the webhook?" onClose={close}>
          <Form
            action={() => deleteWebhook(where, webhook.id)}
            onDone={() => {
              void refresh();
              void navigate(at.webhooks(tenant.id, app.id));
            }}
            submit="Remove the webhook"
            danger
            fields={[]}
            onCancel={close}
          >
            {() => <p>What waits for it is dropped, and its ledger is gone.</p>}
          </Form>
        </Dialog>
      )}
    </>
  );
}

function TestCall({ of: webhook }: { of: Webhook }) {
  const { tenant, app } = usePlace();
  const [result, setResult] = useState<WebhookAttempt>();
  return (
    <section aria-labelledby="test">
      <h2 id="test">Test call</h2>
      <Form action={() => testWebhook({ tenant: tenant.id, app: app.id }, webhook.id)} onDone={setResult} submit="Call it now" fields={[]}>
        {() => <p className="hint">Sends an event of the type “test”, whatever waits.</p>}
      </Form>
      <div role="status">{result !== undefined && <Call of={result} />}</div>
    </section>
  );
}
