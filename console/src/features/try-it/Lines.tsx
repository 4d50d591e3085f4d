import { clockTime } from '../../ui/clockTime';
import type { Line } from './arrivals';

export function Lines({ lines, onClear }: { lines: readonly Line[]; onClear: () => void }) {
  return (
    <>
      <div className="heading">
        <h3 id="messages">Messages</h3>
        {lines.length > 0 && (
          <button type="button" className="quiet" onClick={onClear}>
            Clear
          </button>
        )}
      </div>
      {lines.length === 0 ? (
        <p className="empty">Nothing has arrived yet.</p>
      ) : (
        <div className="lines" role="log" aria-labelledby="messages" tabIndex={0}>
          <ol>
            {lines.map((line) => (
              <li key={line.id}>
                <time dateTime={line.at.toISOString()}>{clockTime(line.at)}</time>
                <span className="channel">{line.channel}</span>
                <strong>{line.event}</strong>
                <code>{line.data}</code>
              </li>
            ))}
          </ol>
        </div>
      )}
    </>
  );
}
