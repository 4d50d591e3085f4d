import type { AuditEntry } from '../../lib/api/types';

export interface Change {
  name: string;
  before: string | undefined;
  after: string | undefined;
}

/** The values that differ, by name. */
export function changesOf({ before = {}, after = {} }: Pick<AuditEntry, 'before' | 'after'>): Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .map((name) => ({ name, before: before[name], after: after[name] }))
    .filter((change) => change.before !== change.after);
}
