import type { Arrival } from '../lib/live/arrivals';
import { clockTime } from './clockTime';

/** Messages, the newest first. */
export function ArrivalList({ arrivals, label }: { arrivals: readonly Arrival[]; label: string }) {
  return (
    <div className="lines" role="log" aria-label={label} tabIndex={0}>
      <ol>
        {arrivals.map(({ id, at, channel, name, data, action, clientId, position }) => (
          <li key={id}>
            <time dateTime={at.toISOString()}>{clockTime(at)}</time>
            <span className="channel">{channel}</span>
            <strong>{name}</strong>
            {action !== 'create' && <span className="tag">{action}</span>}
            <code>{data}</code>
            <span className="hint">
              {position}
              {clientId !== undefined && ` by ${clientId}`}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
