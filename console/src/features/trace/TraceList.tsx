import { useState } from 'react';
import type { Trace, TraceAccepted, TraceNode } from '../../lib/api/types';
import { Moment } from '../../ui/Moment';
import { behind, fatesOf, millisOf, positionOf, summary } from './fates';
import './trace.css';

/** Traced messages, the newest first; each opens into its way through the nodes. */
export function TraceList({ traces, open }: { traces: readonly Trace[]; open: boolean }) {
  return (
    <ol className="audit" aria-label="Traces">
      {traces.map((trace) => (
        <Row key={`${trace.channel} ${positionOf(trace)}`} trace={trace} open={open && traces.length === 1} />
      ))}
    </ol>
  );
}

function Row({ trace, open }: { trace: Trace; open: boolean }) {
  const [shown, setShown] = useState(open);
  const { channel, event, id, bytes, accepted } = trace;
  const at = positionOf(trace);
  return (
    <li>
      <div className="split">
        <div>
          <p>
            <strong>{event}</strong> on <code>{channel}</code> at <code>{at}</code>{' '}
            {id !== undefined && (
              <>
                id <code>{id}</code>
              </>
            )}
          </p>
          <p className="hint">
            {accepted !== undefined && (
              <>
                <Moment at={accepted.at} />
                {' · '}
              </>
            )}
            {bytes.toLocaleString('en')} bytes · {summary(trace)}
          </p>
        </div>
        <button type="button" className="quiet" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? 'Hide' : 'Show'} its way<span className="hidden"> {at}</span>
        </button>
      </div>
      {shown && <Way of={trace} />}
    </li>
  );
}

/** From the node that took it in to the sockets of all nodes. */
function Way({ of: { accepted, nodes } }: { of: Trace }) {
  return (
    <ol className="way">
      <li>{accepted === undefined ? <p>The node that took it in has forgotten it, or is gone.</p> : <Accepted of={accepted} />}</li>
      {nodes.map((node) => (
        <li key={node.node}>
          <Node of={node} start={accepted?.at} />
        </li>
      ))}
      {nodes.length === 0 && (
        <li>
          <p>{accepted?.duplicate === true ? 'Nobody was handed it again.' : 'No node had a subscriber.'}</p>
        </li>
      )}
    </ol>
  );
}

function Accepted({ of: { at, node, key, logMicros, archiveMicros, duplicate } }: { of: TraceAccepted }) {
  return (
    <>
      <p>
        <span className={`badge ${duplicate ? 'waiting' : 'good'}`}>{duplicate ? 'Repeated' : 'Accepted'}</span> by <code>{node}</code>
        {key !== undefined && (
          <>
            {' with key '}
            <code>{key}</code>
          </>
        )}
      </p>
      <p className="hint">
        <time dateTime={at}>{at}</time> · in the log after {millisOf(logMicros)}
        {archiveMicros !== undefined && ` · in the archive after ${millisOf(archiveMicros)}`}
        {duplicate && ' · its id was known, so that nobody was handed it again'}
      </p>
    </>
  );
}

function Node({ of: { at, until, node, bytes, sockets }, start }: { of: TraceNode; start: string | undefined }) {
  const last = until === at ? '' : ` to ${behind(until, start ?? at)}`;
  return (
    <>
      <p>
        <span className="badge good">Reached</span> <code>{node}</code> {behind(at, start)}
        {last} · {bytes.toLocaleString('en')} bytes for sockets
      </p>
      <ul className="fates" aria-label={`Sockets of ${node}`}>
        {fatesOf(sockets).map(({ key, count, what, why }) => (
          <li key={key}>
            <strong>
              {count.toLocaleString('en')} {what}
            </strong>{' '}
            <span className="hint">{why}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
