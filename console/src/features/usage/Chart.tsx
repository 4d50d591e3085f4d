import { named, roundUp, worded, type Measure, type Series, type Step } from './period';

const width = 720;
const height = 240;
const left = 64;
const bottom = 28;
const top = 10;
const coloursMax = 4;

interface Props {
  title: string;
  series: Series[];
  begins: string[];
  step: Step;
  measure: Measure;
}

/** Stacked bars. What they show is said by the table below it, so it is one picture to a screen reader. */
export function Chart({ title, series, begins, step, measure }: Props) {
  const sums = begins.map((_, index) => series.reduce((sum, line) => sum + (line.values[index] ?? 0), 0));
  const end = roundUp(Math.max(...sums, 0));
  const slot = (width - left) / begins.length;
  const y = (value: number) => top + (height - top - bottom) * (1 - value / end);
  const every = Math.ceil(begins.length / 6);
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
      {[0, 0.5, 1].map((part) => (
        <g key={part}>
          <line x1={left} x2={width} y1={y(end * part)} y2={y(end * part)} className="grid" />
          <text x={left - 8} y={y(end * part) + 4} textAnchor="end">
            {worded(end * part, measure)}
          </text>
        </g>
      ))}
      {begins.map((begin, index) => {
        let below = 0;
        return (
          <g key={begin}>
            {series.map((line, number) => {
              const value = line.values[index] ?? 0;
              const from = y(below + value);
              const high = y(below) - from;
              below += value;
              return value === 0 ? null : (
                <rect
                  key={line.of}
                  x={left + slot * index + slot * 0.1}
                  width={slot * 0.8}
                  y={from}
                  height={high}
                  className={`usage-bar colour-${Math.min(number, coloursMax)}`}
                >
                  <title>{`${named(begin, step)}${line.of === '' ? '' : `, ${line.of}`}: ${worded(value, measure)}`}</title>
                </rect>
              );
            })}
            {index % every === 0 && (
              <text
                x={left + slot * (index + 0.5)}
                y={height - 8}
                textAnchor={index === 0 ? 'start' : 'middle'}
                className={(index / every) % 2 === 0 ? undefined : 'minor'}
              >
                {named(begin, step)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
