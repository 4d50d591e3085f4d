import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api/http';

/** A server of the tenant's that is told what happens on channels. */
export interface Webhook {
  id: string;
  label: string;
  url: string;
  format: Format;
  types: string[];
  channelPrefix: string;
  batched: boolean;
  paused: boolean;
  since: string;
  waiting: number;
  oldest: string | null;
  dead: number;
  dropped: number;
  failures: number;
  closedUntil: string | null;
  formerSecretUntil: string | null;
}

export type Format = 'pusher' | 'carillon';

export type WebhookRequest = Partial<Pick<Webhook, 'label' | 'url' | 'format' | 'types' | 'channelPrefix' | 'batched' | 'paused'>>;

export interface NewWebhook {
  webhook: Webhook;
  secret: string;
}

export type EventState = 'waiting' | 'delivered' | 'dead';

export interface WebhookEvent {
  number: number;
  id: string;
  type: string;
  channel: string;
  sequence: number;
  at: string;
  userId?: string;
  name?: string;
  data?: string;
  state: EventState;
  attempts: number;
  replays: number;
  settledAt?: string;
}

export interface Attempt {
  number: number;
  id: string;
  at: string;
  attempt: number;
  latency: number;
  accepted: boolean;
  status?: number;
  reply: string;
  events: number[];
}

export interface Replay {
  first?: number | string;
  last?: number | string;
  state?: 'delivered' | 'dead';
}

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
export const testWebhook = (where: Where, id: string) => call<Attempt>('POST', `${one(where, id)}/test`);
export const replayWebhook = (where: Where, id: string, range: Replay) =>
  call<{ events: number }>('POST', `${one(where, id)}/replays`, range);

/** So often a page that is looked at asks what has been told since. */
const refetchInterval = 3_000;
const pageLimit = 50;

const keyOf = ({ tenant, app }: Where) => ['tenant', tenant, 'app', app, 'webhooks'];

export const webhooksQuery = (where: Where) =>
  queryOptions({
    queryKey: keyOf(where),
    queryFn: ({ signal }) => call<{ webhooks: Webhook[] }>('GET', all(where), undefined, { signal }),
    refetchInterval,
  });

export const eventsQuery = (where: Where, id: string, state: EventState | '') =>
  infiniteQueryOptions({
    queryKey: [...keyOf(where), id, 'events', state],
    queryFn: ({ pageParam, signal }) =>
      call<{ events: WebhookEvent[]; cursor?: string }>(
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
      call<{ attempts: Attempt[]; cursor?: string }>(
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
