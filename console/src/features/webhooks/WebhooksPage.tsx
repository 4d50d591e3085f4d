import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { at, usePlace } from '../../lib/place';
import { isAtLeast } from '../../lib/roles';
import { Loaded } from '../../ui/Loaded';
import { usePageTitle } from '../../ui/usePageTitle';
import { webhooksQuery, type NewWebhook, type Webhook } from './calls';
import { EditWebhook } from './EditWebhook';
import { SecretDialog } from './SecretDialog';
import { ago, count, healthOf } from './words';

type Open = { what: 'new' } | { what: 'secret'; made: NewWebhook };

/** The webhooks of an application. */
export function WebhooksPage() {
  const { tenant, app } = usePlace();
  usePageTitle(`Webhooks · ${app.name}`);
  const where = { tenant: tenant.id, app: app.id };
  const query = useQuery(webhooksQuery(where));
  const client = useQueryClient();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const made = (webhook: NewWebhook) => {
    void client.invalidateQueries({ queryKey: webhooksQuery(where).queryKey });
    setOpen(webhook.webhook.format === 'carillon' ? { what: 'secret', made: webhook } : undefined);
  };
  return (
    <>
      <div className="heading">
        <h2>Webhooks</h2>
        {isAtLeast(tenant.role, 'developer') && (
          <button type="button" onClick={() => setOpen({ what: 'new' })}>
            New webhook
          </button>
        )}
      </div>
      <p>Your server is told what happens on channels. What it does not take is tried again for a day, and can be replayed for a week.</p>
      <Loaded query={query}>
        {({ webhooks }) =>
          webhooks.length === 0 ? (
            <p className="empty">No webhook yet.</p>
          ) : (
            <ul className="cards">
              {webhooks.map((webhook) => (
                <li key={webhook.id}>
                  <Facts of={webhook} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {open?.what === 'new' && <EditWebhook onMade={made} onSaved={close} onClose={close} />}
      {open?.what === 'secret' && (
        <SecretDialog secret={open.made.secret} onClose={close} />
      )}
    </>
  );
}

function Facts({ of: webhook }: { of: Webhook }) {
  const { tenant, app } = usePlace();
  const [words, kind] = healthOf(webhook, new Date());
  return (
    <>
      <h3>
        <Link {...at.webhook(tenant.id, app.id, webhook.id)}>{webhook.label === '' ? webhook.url : webhook.label}</Link>
      </h3>
      <p>
        <span className={`badge ${kind}`}>{words}</span>
      </p>
      <p>
        <code>{webhook.url}</code>
      </p>
      <ul className="words">
        <li>{webhook.format === 'pusher' ? 'Pusher’s format' : 'Carillon’s format'}</li>
        {webhook.channelPrefix !== '' && <li>channels {webhook.channelPrefix}…</li>}
        {webhook.types.map((type) => (
          <li key={type}>{type}</li>
        ))}
      </ul>
      <p className="hint">
        {count(webhook.waiting, 'event')} waiting
        {webhook.oldest !== undefined && `, the oldest for ${ago(webhook.oldest, new Date())}`}
        {webhook.dead > 0 && ` · ${count(webhook.dead, 'dead letter')}`}
        {webhook.dropped > 0 && ` · ${count(webhook.dropped, 'event')} dropped, as there was no room`}
      </p>
    </>
  );
}
