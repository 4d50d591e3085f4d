import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getAppUsage, usagePath } from '../../lib/api/console';
import type { UsageReport } from '../../lib/api/types';
import { usePlace } from '../../lib/place';
import { CheckField, SelectField } from '../../ui/Fields';
import { Loaded } from '../../ui/Loaded';
import { usePageTitle } from '../../ui/usePageTitle';
import { Chart } from './Chart';
import { beginnings, measures, named, periods, seriesOf, totalOf, worded, type Measure, type PeriodName, type Step } from './period';
import './usage.css';

const refetchInterval = 10_000;
const periodOptions = (Object.keys(periods) as PeriodName[]).map((name) => [name, periods[name].label] as const);

/** What the application used. */
export function UsagePage() {
  const { tenant, app } = usePlace();
  usePageTitle(`Usage of ${app.name}`);
  const [periodName, setPeriod] = useState<PeriodName>('hour');
  const [measure, setMeasure] = useState<Measure>('messages');
  const [byKey, setByKey] = useState(false);
  const period = periods[periodName];
  const by = byKey ? 'key' : 'nothing';
  const query = useQuery({
    queryKey: ['tenant', tenant.id, 'app', app.id, 'usage', periodName, by],
    queryFn: async ({ signal }) => {
      const begins = beginnings(period, new Date());
      const asked = { step: period.step, from: begins[0] ?? '', by };
      return { begins, step: period.step, asked, report: await getAppUsage(tenant.id, app.id, asked, signal) };
    },
    refetchInterval,
    placeholderData: keepPreviousData,
  });
  return (
    <section aria-labelledby="usage">
      <h2 id="usage">Usage</h2>
      <div className="usage-choice">
        <SelectField label="Period" value={periodName} onChange={setPeriod} options={periodOptions} />
        <SelectField label="Figure" value={measure} onChange={setMeasure} options={measures} />
        <CheckField label="By key" checked={byKey} onChange={setByKey} />
      </div>
      <Loaded query={query}>
        {({ begins, step, asked, report }) => (
          <>
            <Shown report={report} begins={begins} step={step} measure={measure} />
            <p>
              <a href={usagePath(tenant.id, app.id, { ...asked, format: 'csv' })} download>
                Download as CSV
              </a>
            </p>
            <p className="hint">Times are in UTC. The newest minute is a few seconds behind.</p>
          </>
        )}
      </Loaded>
    </section>
  );
}

function Shown({ report, begins, step, measure }: { report: UsageReport; begins: string[]; step: Step; measure: Measure }) {
  const series = seriesOf(report.points, begins, measure);
  const words = measures.find(([name]) => name === measure)?.[1] ?? measure;
  if (report.points.length === 0) {
    return <p className="empty">Nothing was used in this time.</p>;
  }
  const total = series.reduce((sum, line) => sum + line.total, 0);
  const used = begins.map((begin, index) => ({ begin, index })).filter(({ index }) => series.some((line) => line.values[index] !== 0));
  return (
    <>
      <p className="usage-total">
        <strong>{worded(total, measure)}</strong> {words.toLowerCase()}
      </p>
      <Chart title={`${words} by ${step}`} series={series} begins={begins} step={step} measure={measure} />
      {report.by === 'key' && (
        <ul className="legend">
          {series.map((line, number) => (
            <li key={line.of}>
              <span className={`swatch colour-${Math.min(number, 4)}`} aria-hidden="true" /> <code>{line.of === '-' ? 'no key' : line.of}</code>{' '}
              {worded(line.total, measure)}
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>As a table</summary>
        <div className="wide" role="region" aria-label={`${words} as a table`} tabIndex={0}>
          <table>
            <caption className="hint">{words}; what is not listed is 0</caption>
            <thead>
              <tr>
                <th scope="col">From (UTC)</th>
                {series.map((line) => (
                  <th key={line.of} scope="col">
                    {line.of === '' ? words : line.of === '-' ? 'no key' : line.of}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {used.map(({ begin, index }) => (
                <tr key={begin}>
                  <th scope="row">{named(begin, step)}</th>
                  {series.map((line) => (
                    <td key={line.of}>{worded(line.values[index] ?? 0, measure)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{measure === 'peakConnections' ? 'Highest' : 'Sum'}</th>
                {series.map((line) => (
                  <td key={line.of}>{worded(totalOf(line.values, measure), measure)}</td>
                ))}
              </tr>
            </tfoot>
          </table>
        </div>
      </details>
    </>
  );
}
