import { useQuery } from '@tanstack/react-query';
import { keyProgramsQuery } from '../../lib/api/queries';
import type { Key, KeyProgram } from '../../lib/api/types';
import { programOf } from '../../lib/browser';
import { usePlace } from '../../lib/place';
import { Dialog } from '../../ui/Dialog';
import { Loaded } from '../../ui/Loaded';
import { Moment } from '../../ui/Moment';
import { protocolWords } from '../../lib/live/protocols';

const hour = 3_600;

/** By which programs a key is used: who has to learn of its successor. */
export function KeyPrograms({ of: key, onClose }: { of: Key; onClose: () => void }) {
  const { tenant, app } = usePlace();
  const query = useQuery(keyProgramsQuery(tenant.id, app.id, key.id));
  return (
    <Dialog title={`Who uses ${key.label}`} onClose={onClose}>
      <Loaded query={query}>
        {({ programs, closesUnusedSeconds }) => (
          <>
            {closesUnusedSeconds !== undefined && (
              <p>It closes when nothing has used it for {wordsOf(closesUnusedSeconds)}.</p>
            )}
            {programs.length === 0 ? (
              <p className="empty">Nothing has used it yet.</p>
            ) : (
              <ul className="audit" aria-label="Programs">
                {programs.map((program) => (
                  <Program key={JSON.stringify(program)} of={program} />
                ))}
              </ul>
            )}
            <p className="hint">
              Requests that are signed with the secret, and connections that came with the key; up to half a minute late. Of addresses only the block is
              kept.
            </p>
          </>
        )}
      </Loaded>
      <div className="actions">
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

function Program({ of: { protocol, library, from, lastUsedAt } }: { of: KeyProgram }) {
  return (
    <li>
      <p>
        <strong title={library}>{library === undefined ? 'A program that does not say its name' : programOf(library)}</strong> <span className="tag">{protocolWords[protocol]}</span>
      </p>
      <p className="hint">
        <Moment at={lastUsedAt} />
        {from !== undefined && ` · from ${from}`}
      </p>
    </li>
  );
}

function wordsOf(seconds: number): string {
  const hours = seconds / hour;
  return hours === 1 ? 'an hour' : hours > 1 ? `${hours.toLocaleString('en')} hours` : `${seconds / 60} minutes`;
}
