import { wrongField } from '../../lib/api/http';
import type { Capabilities } from '../../lib/api/types';

/** What may be done on a channel, by the names of the API. */
export const operations = ['subscribe', 'publish', 'presence', 'history', 'message-update-own', 'message-update-any'] as const;
export type Operation = (typeof operations)[number];

/** A pattern and its operations, as they are typed. */
export interface Row {
  pattern: string;
  allowed: readonly Operation[];
}

/** What a key is limited to; null for everything. */
export type Limit = readonly Row[] | null;

export const firstRow: Row = { pattern: '', allowed: ['subscribe'] };

export function limitOf(capabilities: Capabilities | undefined): Limit {
  return capabilities === undefined
    ? null
    : Object.entries(capabilities).map(([pattern, words]) => ({ pattern, allowed: operations.filter((one) => words.includes(one)) }));
}

/** The limit as the API takes it; what no request can say is refused here. */
export function capabilitiesOf(limit: Limit): Capabilities | null {
  if (limit === null) {
    return null;
  }
  const capabilities: Record<string, readonly Operation[]> = {};
  for (const { pattern, allowed } of limit) {
    const text = pattern.trim();
    if (text === '') {
      throw wrongField('capabilities', 'a pattern is missing (expected: a channel’s name, or the beginning of names with *)');
    }
    if (text in capabilities) {
      throw wrongField('capabilities', `“${text}” stands there twice (expected: once)`);
    }
    if (allowed.length === 0) {
      throw wrongField('capabilities', `“${text}” allows nothing (expected: an operation at least)`);
    }
    capabilities[text] = allowed;
  }
  return capabilities;
}

/** The place of the row that the words are about, as far as they say it; the first one otherwise. */
export function rowOf(rows: readonly Row[], words: string): number {
  const named = rows.findLastIndex(({ pattern }) => pattern.trim() !== '' && words.includes(pattern.trim()));
  return Math.max(0, named === -1 ? rows.findIndex(({ pattern }) => pattern.trim() === '') : named);
}
