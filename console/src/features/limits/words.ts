import type { AppLimit, Quota } from '../../lib/api/types';

export const levels: Record<AppLimit['level'], string> = {
  tenant: 'the team',
  app: 'the app',
  key: 'each key',
  connection: 'each connection',
};

export const sources: Record<AppLimit['source'], string> = {
  default: 'default',
  plan: 'the plan',
  app: 'this app',
  platform: 'the operator',
};

/** `messagesPerSecond` is `Messages per second`. */
export function named(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const amount = (value: number) => value.toLocaleString('en');

/** How much is used, as far as it is known. */
export function inUse({ used, value }: AppLimit): string {
  if (used === undefined) {
    return '';
  }
  const shown = used >= 10 || Number.isInteger(used) ? amount(Math.round(used)) : used.toFixed(1);
  return value === 0 ? shown : `${shown} (${Math.round((used * 100) / value)} %)`;
}

/** What part of a quota is used, in whole percent; undefined where there is no limit. */
export function share({ used, allowed }: Quota): number | undefined {
  return allowed === 0 ? undefined : Math.floor((used * 100) / allowed);
}

export const rangeOf = ({ most, unlimited }: AppLimit) => `1 to ${amount(most)}${unlimited ? ', or 0 for no limit' : ''}`;

/** What the application has set itself, as it is typed. */
export function ownOf(limits: AppLimit[]): Record<string, string> {
  return Object.fromEntries(
    limits.filter(({ editable }) => editable).map(({ name, source, value }) => [name, source === 'app' ? String(value) : '']),
  );
}
