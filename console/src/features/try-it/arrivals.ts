import type { Arrival } from '../../lib/realtime';

/** An event in the list, with the time at which this page got it. */
export interface Line extends Arrival {
  id: number;
  at: Date;
}

/** How many lines the page keeps; older ones go. */
export const linesMax = 200;

/** The newest first. */
export function withArrival(lines: readonly Line[], arrival: Arrival, at: Date): Line[] {
  const id = (lines[0]?.id ?? 0) + 1;
  return [{ ...arrival, id, at }, ...lines].slice(0, linesMax);
}
