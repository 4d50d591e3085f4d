import type { Carillon } from '@carillon/client';
import { useState, type FormEvent } from 'react';
import type { Arrival } from '../../lib/live/arrivals';
import { useChannel } from '../../lib/live/useChannel';
import { channelSaid } from '../../lib/live/words';
import { TextField } from '../../ui/Fields';

/** How many channels the page listens to at once. */
const channelsMax = 20;

interface Props {
  client: Carillon | undefined;
  names: readonly string[];
  onChange: (names: readonly string[]) => void;
  onArrival: (arrival: Omit<Arrival, 'id'>) => void;
}

/** The channels that the page listens to. */
export function Channels({ client, names, onChange, onArrival }: Props) {
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState<string>();

  const add = (event: FormEvent) => {
    event.preventDefault();
    const name = typed.trim();
    const problem = problemWith(name, names);
    setWrong(problem);
    if (problem === undefined) {
      setTyped('');
      onChange([...names, name]);
    }
  };

  return (
    <>
      <h3 id="channels">Channels</h3>
      {names.length === 0 ? (
        <p className="empty">The page listens to no channel.</p>
      ) : (
        <ul className="rows" aria-labelledby="channels">
          {names.map((name) => (
            <Row
              key={name}
              client={client}
              name={name}
              onArrival={onArrival}
              onLeave={() => onChange(names.filter((each) => each !== name))}
            />
          ))}
        </ul>
      )}
      <form onSubmit={add} noValidate>
        <TextField label="One more channel" value={typed} onChange={setTyped} mono wrong={wrong} />
        <div className="actions">
          <button type="submit" className="quiet">
            Subscribe
          </button>
        </div>
      </form>
    </>
  );
}

function problemWith(name: string, names: readonly string[]): string | undefined {
  if (name === '') {
    return 'channel: missing (expected: a name)';
  }
  if (names.includes(name)) {
    return `channel: ${name} (expected: one that is not in the list)`;
  }
  return names.length >= channelsMax ? `${names.length} channels (expected: up to ${channelsMax} at once)` : undefined;
}

interface RowProps {
  client: Carillon | undefined;
  name: string;
  onArrival: (arrival: Omit<Arrival, 'id'>) => void;
  onLeave: () => void;
}

function Row({ client, name, onArrival, onLeave }: RowProps) {
  const said = channelSaid(useChannel(client, name, onArrival));
  return (
    <li>
      <code>{name}</code>
      <span className={`badge ${said.tone}`} role="status" aria-label={`Channel ${name}`}>
        {said.text}
      </span>
      <button type="button" className="quiet" aria-label={`Leave ${name}`} onClick={onLeave}>
        Leave
      </button>
    </li>
  );
}
