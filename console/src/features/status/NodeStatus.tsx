import { useEffect, useState } from 'react';
import { askHealth, type Health } from './health';

const everyMillis = 5_000;

export function NodeStatus() {
  const [health, setHealth] = useState<Health>({ kind: 'loading' });

  useEffect(() => {
    const abort = new AbortController();
    const ask = async () => {
      const answer = await askHealth(fetch, abort.signal);
      if (!abort.signal.aborted) {
        setHealth(answer);
      }
    };
    void ask();
    const timer = window.setInterval(() => void ask(), everyMillis);
    return () => {
      abort.abort();
      window.clearInterval(timer);
    };
  }, []);

  return (
    <p role="status" aria-label="Node status" className={`badge ${tone(health)}`}>
      {sentence(health)}
    </p>
  );
}

function tone(health: Health): string {
  switch (health.kind) {
    case 'loading':
      return 'waiting';
    case 'up':
      return 'good';
    case 'down':
    case 'unreachable':
      return 'bad';
  }
}

function sentence(health: Health): string {
  switch (health.kind) {
    case 'loading':
      return 'Asking this node …';
    case 'up':
      return 'This node is up';
    case 'down':
      return `This node has a problem (${health.detail})`;
    case 'unreachable':
      return `This node does not answer (${health.detail})`;
  }
}
