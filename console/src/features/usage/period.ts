import type { UsageFigures, UsagePoint } from '../../lib/api/types';

export type Step = 'minute' | 'hour' | 'day' | 'month';
export type Measure = keyof UsageFigures;

/** What is looked at: so many steps up to now. */
export interface Period {
  label: string;
  step: Step;
  steps: number;
}

export const periods = {
  hour: { label: 'Last hour, by the minute', step: 'minute', steps: 60 },
  day: { label: 'Last 24 hours, by the hour', step: 'hour', steps: 24 },
  days: { label: 'Last 30 days, by the day', step: 'day', steps: 30 },
  year: { label: 'Last 12 months, by the month', step: 'month', steps: 12 },
} as const satisfies Record<string, Period>;

export type PeriodName = keyof typeof periods;

export const measures: readonly (readonly [Measure, string])[] = [
  ['messages', 'Messages'],
  ['deliveries', 'Deliveries'],
  ['connectionMinutes', 'Connection minutes'],
  ['peakConnections', 'Peak connections'],
  ['bytesIn', 'Bytes in'],
  ['bytesOut', 'Bytes out'],
];

const millis = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** The beginnings of the period's steps, in UTC, the oldest first; the last one is that of now. */
export function beginnings({ step, steps }: Period, now: Date): string[] {
  const begins: Date[] = [];
  for (let back = steps - 1; back >= 0; back -= 1) {
    if (step === 'month') {
      begins.push(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)));
    } else {
      begins.push(new Date((Math.floor(now.getTime() / millis[step]) - back) * millis[step]));
    }
  }
  return begins.map((begin) => begin.toISOString().replace('.000Z', 'Z'));
}

/** One line of the chart: a value for each beginning. */
export interface Series {
  of: string;
  values: number[];
  total: number;
}

/** The points as lines, the largest first; steps in which nothing was used are 0. */
export function seriesOf(points: UsagePoint[], begins: string[], measure: Measure): Series[] {
  const at = new Map(begins.map((begin, index) => [begin, index]));
  const lines = new Map<string, number[]>();
  for (const point of points) {
    const index = at.get(point.at);
    if (index === undefined) {
      continue;
    }
    let values = lines.get(point.of);
    if (values === undefined) {
      values = begins.map(() => 0);
      lines.set(point.of, values);
    }
    values[index] = point.used[measure];
  }
  return [...lines]
    .map(([of, values]) => ({ of, values, total: totalOf(values, measure) }))
    .sort((one, other) => other.total - one.total);
}

/** What stands for all steps: their sum, and of peaks the highest. */
export function totalOf(values: number[], measure: Measure): number {
  return measure === 'peakConnections' ? Math.max(0, ...values) : values.reduce((sum, value) => sum + value, 0);
}

const plain = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** The figure as people read it. */
export function worded(value: number, measure: Measure): string {
  if (measure !== 'bytesIn' && measure !== 'bytesOut') {
    return plain.format(value);
  }
  const power = Math.min(units.length - 1, value < 1_000 ? 0 : Math.floor(Math.log10(value) / 3));
  return `${plain.format(value / 1_000 ** power)} ${units[power] ?? ''}`;
}

/** The smallest of 1, 2, 5 times a power of ten that is not less: where the chart's axis ends. */
export function roundUp(value: number): number {
  if (value <= 1) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((times) => times * power >= value) ?? 10) * power;
}

/** When a step begins, in few words; in UTC, as it is counted. */
export function named(begin: string, step: Step): string {
  const at = new Date(begin);
  const form: Record<Step, Intl.DateTimeFormatOptions> = {
    minute: { hour: '2-digit', minute: '2-digit' },
    hour: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
    day: { day: 'numeric', month: 'short' },
    month: { month: 'short', year: 'numeric' },
  };
  return new Intl.DateTimeFormat(undefined, { ...form[step], timeZone: 'UTC' }).format(at);
}
