import { useState, type Dispatch } from 'react';
import { type Arrivals, type Happening, matching } from '../../lib/live/arrivals';
import { ArrivalList } from '../../ui/ArrivalList';
import { TextField } from '../../ui/Fields';

/** What arrived, with a filter, and a pause for reading. */
export function Messages({ arrivals, dispatch }: { arrivals: Arrivals; dispatch: Dispatch<Happening> }) {
  const [filter, setFilter] = useState('');
  const { shown, held, count } = arrivals;
  const left = matching(shown, filter);
  return (
    <section aria-labelledby="messages">
      <div className="heading">
        <h2 id="messages">Messages</h2>
        <div className="actions">
          <button type="button" className="quiet" onClick={() => dispatch({ what: held === undefined ? 'pause' : 'resume' })}>
            {held === undefined ? 'Pause' : `Resume (${held.length} wait)`}
          </button>
          <button type="button" className="quiet" onClick={() => dispatch({ what: 'clear' })} disabled={shown.length === 0}>
            Clear
          </button>
        </div>
      </div>
      <TextField label="Filter by channel, event, data or client" type="search" value={filter} onChange={setFilter} />
      <p className="hint" role="status">
        {count === 1 ? '1 message' : `${count} messages`} since the page was opened{filter.trim() !== '' && `, ${left.length} match`}
      </p>
      {left.length === 0 ? (
        <p className="empty">{shown.length === 0 ? 'Nothing has arrived yet.' : 'Nothing matches the filter.'}</p>
      ) : (
        <ArrivalList arrivals={left} label="Messages" />
      )}
    </section>
  );
}
