import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api/http';
import type {
  NewWebhook,
  Webhook,
  WebhookAttempt,
  WebhookAttempts,
  WebhookEvent,
  WebhookEvents,
  WebhookReplay,
  WebhookReplayed,
  WebhookRequest,
  Webhooks,
} from '../../lib/api/types';

export type { NewWebhook, Webhook, WebhookAttempt, WebhookEvent };

/** What was typed; the server says at its field that something is no number. */
export type Replay = Pick<WebhookReplay, 'state'> & { first?: number | string; last?: number | string };

export type Format = Webhook['format'];
export type EventState = WebhookEvent['state'];

export interface Where {
  tenant: string;
  app: string;
}

const all = ({ tenant, app }: Where) =>
  `/v1/console/tenants/${encodeURIComponent(tenant)}/apps/${encodeURIComponent(app)}/webhooks`;
const one = (where: Where, id: string) => `${all(where)}/${encodeURIComponent(id)}`;

export const createWebhook = (where: Where, wanted: WebhookRequest) => call<NewWebhook>('POST', all(where), wanted);
export const changeWebhook = (where: Where, id: string, change: WebhookRequest) => call<Webhook>('PATCH', one(where, id), change);
export const deleteWebhook = (where: Where, id: string) => call('DELETE', one(where, id));
export const changeSecret = (where: Where, id: string) => call<NewWebhook>('POST', `${one(where, id)}/secret`, {});
export const testWebhook = (where: Where, id: string) => call<WebhookAttempt>('POST', `${one(where, id)}/test`);
export const replayWebhook = (where: Where, id: string, range: Replay) =>
  call<WebhookReplayed>('POST', `${one(where, id)}/replays`, range);

/** So often a page that is looked at asks what has been told since. */
const refetchInterval = 3_000;
const pageLimit = 50;

const keyOf = ({ tenant, app }: Where) => ['tenant', tenant, 'app', app, 'webhooks'];

export const webhooksQuery = (where: Where) =>
  queryOptions({
    queryKey: keyOf(where),
    queryFn: ({ signal }) => call<Webhooks>('GET', all(where), undefined, { signal }),
    refetchInterval,
  });

export const eventsQuery = (where: Where, id: string, state: EventState | '') =>
  infiniteQueryOptions({
    queryKey: [...keyOf(where), id, 'events', state],
    queryFn: ({ pageParam, signal }) =>
      call<WebhookEvents>(
        'GET',
        `${one(where, id)}/events?${paged(pageParam)}${state === '' ? '' : `&state=${state}`}`,
        undefined,
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.cursor,
    refetchInterval,
  });

/** @param event the number of an event, or 0 for the calls of all */
export const attemptsQuery = (where: Where, id: string, event: number) =>
  infiniteQueryOptions({
    queryKey: [...keyOf(where), id, 'attempts', event],
    queryFn: ({ pageParam, signal }) =>
      call<WebhookAttempts>(
        'GET',
        `${one(where, id)}/attempts?${paged(pageParam)}${event === 0 ? '' : `&event=${event}`}`,
        undefined,
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.cursor,
    refetchInterval,
  });

const paged = (cursor: string | undefined) => `limit=${pageLimit}${cursor === undefined ? '' : `&cursor=${cursor}`}`;
