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

/** Hours to milliseconds, local time, the same in every locale. */
export function clockTime(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const millis = String(at.getMilliseconds()).padStart(3, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${millis}`;
}
