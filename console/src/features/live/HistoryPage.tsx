import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useSearch } from '@tanstack/react-router';
import { listMessages, type Page } from '../../lib/api/live';
import type { Message, Messages } from '../../lib/api/types';
import { usePlace } from '../../lib/place';
import { SelectField, TextField } from '../../ui/Fields';
import { Loaded } from '../../ui/Loaded';
import { Pager } from '../../ui/Pager';
import { usePageTitle } from '../../ui/usePageTitle';
import { useWhere } from './useWhere';

const starts = [
  ['newest', 'the newest message, going back'],
  ['time', 'a time, going on'],
  ['position', 'a position, going on'],
] as const;
type Start = (typeof starts)[number][0];

/** What the form says; a page of the history for it. */
interface Visit {
  channel: string;
  page: Page;
}

/** A channel's past, from any moment on, in both directions. */
export function HistoryPage() {
  const { app } = usePlace();
  usePageTitle(`History · ${app.name}`);
  const { channel: named = '' } = useSearch({ from: '/console/t/$tenant/apps/$app/live/history' });
  const [channel, setChannel] = useState(named);
  const [start, setStart] = useState<Start>('newest');
  const [time, setTime] = useState('');
  const [position, setPosition] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [visit, setVisit] = useState<Visit | undefined>(named === '' ? undefined : { channel: named, page: { direction: 'backward' } });

  const travel = (event: FormEvent) => {
    event.preventDefault();
    const page = pageOf(start, time, position.trim());
    setWrong(typeof page === 'string' ? page : undefined);
    if (typeof page !== 'string' && channel.trim() !== '') {
      setVisit({ channel: channel.trim(), page });
    }
  };

  return (
    <section aria-labelledby="history">
      <h2 id="history">History</h2>
      <form onSubmit={travel} noValidate>
        <div className="grid">
          <TextField label="Channel" mono value={channel} onChange={setChannel} />
          <SelectField label="From" value={start} onChange={setStart} options={starts} />
        </div>
        {start === 'time' && (
          <TextField label="Time" value={time} onChange={setTime} wrong={wrong} hint="By your clock, such as 2026-01-31 09:00." placeholder="2026-01-31 09:00" />
        )}
        {start === 'position' && (
          <TextField label="Position" mono value={position} onChange={setPosition} wrong={wrong} hint="Epoch and offset; what follows is shown." placeholder="1:1" />
        )}
        <div className="actions">
          <button type="submit">Show</button>
        </div>
      </form>
      {visit !== undefined && <Past visit={visit} onVisit={setVisit} />}
    </section>
  );
}

function pageOf(start: Start, time: string, position: string): Page | string {
  if (start === 'newest') {
    return { direction: 'backward' };
  }
  if (start === 'position') {
    return /^\d{1,18}:\d{1,18}$/.test(position) ? { direction: 'forward', from: position } : `position: ${position} (expected: <epoch>:<offset>)`;
  }
  const moment = new Date(time.trim().replace(' ', 'T'));
  return Number.isNaN(moment.getTime())
    ? `time: ${time} (expected: a time like 2026-01-31 09:00)`
    : { direction: 'forward', after: String(moment.getTime()) };
}

function Past({ visit, onVisit }: { visit: Visit; onVisit: (visit: Visit) => void }) {
  const where = useWhere();
  const { channel, page } = visit;
  const query = useQuery({
    queryKey: ['tenant', where.tenant, 'app', where.app, 'history', channel, page],
    queryFn: ({ signal }) => listMessages(where, channel, page, signal),
    staleTime: 0,
  });
  const go = (direction: Page['direction'], from: string) => onVisit({ channel, page: { direction, from } });
  return (
    <Loaded query={query}>
      {(found) => {
        const { messages, complete } = found;
        const { older, newer } = neighbours(found, page);
        return (
          <>
            <p className="hint" role="status">
              {messages.length === 0 ? 'Nothing is kept here.' : `${messages.length} messages of ${channel}, the newest first.`}
              {!complete && ' Some that were there are not kept any more.'}
            </p>
            {messages.length > 0 && (
              <div className="lines" role="log" aria-label="Messages" tabIndex={0}>
                <ol>
                  {newestFirst(messages, page).map((each) => (
                    <Row key={positionOf(each)} of={each} />
                  ))}
                </ol>
              </div>
            )}
            <Pager
              onBack={newer === undefined ? undefined : () => go('forward', newer)}
              onNext={older === undefined ? undefined : () => go('backward', older)}
              back="Newer"
              next="Older"
            />
          </>
        );
      }}
    </Loaded>
  );
}

const positionOf = ({ epoch, offset }: { epoch: number; offset: number }) => `${epoch}:${offset}`;

const newestFirst = (messages: Message[], page: Page) => (page.direction === 'backward' ? messages : messages.toReversed());

/** Where the pages on both sides of this one start; undefined where there can be none. */
export function neighbours({ messages, next, position }: Messages, page: Page): { older?: string | undefined; newer?: string | undefined } {
  const first = messages[0];
  const last = messages.at(-1);
  if (first === undefined || last === undefined) {
    return page.direction === 'forward' ? { older: `${position.epoch}:${position.offset + 1}` } : {};
  }
  return page.direction === 'backward'
    ? { older: next, newer: page.from === undefined ? undefined : positionOf(first) }
    : { older: positionOf(first), newer: next };
}

const shown = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

function Row({ of: message }: { of: Message }) {
  const { name, data, encoding, timestamp, user, edited, deleted } = message;
  const at = new Date(timestamp);
  return (
    <li>
      <time dateTime={at.toISOString()}>{shown.format(at)}</time>
      <span className="channel">{positionOf(message)}</span>
      <strong>{name}</strong>
      {deleted === true && <span className="tag">deleted</span>}
      {deleted !== true && edited !== undefined && <span className="tag">edited</span>}
      {encoding !== undefined && <span className="tag">{encoding}</span>}
      {deleted !== true && <code>{typeof data === 'string' ? data : JSON.stringify(data)}</code>}
      {user !== undefined && <span className="hint">by {user}</span>}
    </li>
  );
}
