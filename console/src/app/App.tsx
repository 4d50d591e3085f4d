import { NodeStatus } from '../features/status/NodeStatus';
import { TryIt } from '../features/try-it/TryIt';

export function App() {
  return (
    <>
      <header>
        <h1>
          <img src="/bell.svg" alt="" width="32" height="32" /> Carillon
        </h1>
        <p className="lead">
          A real-time server of your own: backends publish over HTTP, and browsers, phones and services that subscribed
          receive it at once, with the Pusher libraries they already have.
        </p>
        <NodeStatus />
      </header>
      <main>
        <TryIt location={window.location} />
      </main>
    </>
  );
}
