import type { WebhookAttempt, Format, Webhook } from './calls';

/** What an endpoint can be told of, in the order in which it is offered. */
export const types: readonly (readonly [string, string])[] = [
  ['channel_occupied', 'A channel has its first subscriber'],
  ['channel_vacated', 'A channel’s last subscriber left'],
  ['member_added', 'A member came'],
  ['member_removed', 'A member left'],
  ['client_event', 'A client sent an event'],
  ['cache_miss', 'A cache channel had nothing for a subscriber'],
  ['subscription_count', 'A channel’s number of subscriptions changed'],
  ['message_published', 'A message was published'],
  ['quota_alert', 'The team has used 80 or 100 % of a quota'],
];

const nativeOnly = new Set(['message_published', 'quota_alert']);

/** Those that a format has. */
export function typesOf(format: Format): readonly (readonly [string, string])[] {
  return format === 'pusher' ? types.filter(([word]) => !nativeOnly.has(word)) : types;
}

/** How an endpoint fares: the words, and whether that is good. */
export function healthOf(webhook: Webhook, now: Date): readonly [string, 'good' | 'bad' | 'waiting'] {
  if (webhook.paused) {
    return ['Paused', 'waiting'];
  }
  if (webhook.closedUntil !== undefined && new Date(webhook.closedUntil) > now) {
    return ['Failing, tried less often', 'bad'];
  }
  return webhook.failures > 0 ? ['Failing', 'bad'] : ['Active', 'good'];
}

/** How long ago, in the largest whole unit. */
export function ago(since: string, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - new Date(since).getTime()) / 1_000));
  if (seconds < 60) return count(seconds, 'second');
  if (seconds < 3_600) return count(Math.floor(seconds / 60), 'minute');
  return count(Math.floor(seconds / 3_600), 'hour');
}

/** What became of a call, in a few words. */
export function outcomeOf(attempt: WebhookAttempt): string {
  return attempt.status === undefined ? 'no answer' : `status ${attempt.status}`;
}

/** A count with its noun. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
