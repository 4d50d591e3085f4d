import { useEffect, useState, type FormEvent } from 'react';
import { CopyLine } from '../../ui/CopyLine';
import type { Connection } from '../../lib/realtime';
import { channelProblem, publishLine } from './command';
import { Lines } from './Lines';
import { type Subscription, useTryIt } from './useTryIt';

const firstChannel = 'my-channel';

export function TryIt({ location }: { location: Location }) {
  const [typedKey, setTypedKey] = useState(() => new URLSearchParams(location.search).get('key') ?? '');
  const [key, setKey] = useState(typedKey);
  const [channel, setChannel] = useState(firstChannel);
  const { connection, subscription, lines, subscribe, refuse, clear } = useTryIt(key, location);

  useEffect(() => subscribe(firstChannel), [subscribe]);

  const connect = (event: FormEvent) => {
    event.preventDefault();
    setKey(typedKey.trim());
  };
  const join = (event: FormEvent) => {
    event.preventDefault();
    const problem = channelProblem(channel);
    if (problem === undefined) {
      subscribe(channel);
    } else {
      refuse(problem);
    }
  };

  return (
    <section aria-labelledby="try-it">
      <h2 id="try-it">Try it</h2>
      <p>
        This page subscribes with the unmodified <code>pusher-js</code> library. Publish from a terminal and watch the
        message arrive.
      </p>
      <div className="forms">
        <form onSubmit={connect}>
          <label htmlFor="key">App key</label>
          <div className="field">
            <input
              id="key"
              value={typedKey}
              onChange={(event) => setTypedKey(event.target.value)}
              placeholder="shown when the server starts"
              autoComplete="off"
              spellCheck={false}
            />
            <button type="submit">Connect</button>
          </div>
          <p role="status" aria-label="Connection" className={`badge ${connectionTone(connection)}`}>
            {connectionSentence(connection)}
          </p>
        </form>
        <form onSubmit={join}>
          <label htmlFor="channel">Channel</label>
          <div className="field">
            <input
              id="channel"
              value={channel}
              onChange={(event) => setChannel(event.target.value)}
              autoComplete="off"
              spellCheck={false}
            />
            <button type="submit">Subscribe</button>
          </div>
          <p role="status" aria-label="Subscription" className={`badge ${subscriptionTone(connection, subscription)}`}>
            {subscriptionSentence(connection, subscription)}
          </p>
        </form>
      </div>
      <h3 id="publish">Publish from a terminal</h3>
      <CopyLine line={publishLine(subscription.state === 'joined' ? subscription.channel : channel)} label="publish command" />
      <Lines lines={lines} onClear={clear} />
    </section>
  );
}

function connectionTone(connection: Connection | undefined): string {
  switch (connection?.state) {
    case undefined:
    case 'connecting':
      return 'waiting';
    case 'connected':
      return 'good';
    case 'unavailable':
    case 'refused':
      return 'bad';
  }
}

function connectionSentence(connection: Connection | undefined): string {
  switch (connection?.state) {
    case undefined:
      return 'Not connected: enter an app key';
    case 'connecting':
      return 'Connecting …';
    case 'connected':
      return `Connected as ${connection.socketId}`;
    case 'unavailable':
      return 'The server cannot be reached; trying again';
    case 'refused':
      return `Refused: ${connection.reason}`;
  }
}

function subscriptionTone(connection: Connection | undefined, subscription: Subscription): string {
  if (subscription.state === 'refused') {
    return 'bad';
  }
  return connection?.state === 'connected' && subscription.state === 'joined' ? 'good' : 'waiting';
}

function subscriptionSentence(connection: Connection | undefined, subscription: Subscription): string {
  if (subscription.state === 'refused') {
    return subscription.reason;
  }
  if (subscription.state === 'none' || connection?.state !== 'connected') {
    return 'Not subscribed yet';
  }
  return subscription.state === 'joined' ? `Subscribed to ${subscription.channel}` : `Subscribing to ${subscription.channel} …`;
}
