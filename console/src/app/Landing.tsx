import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link } from '@tanstack/react-router';
import { NodeStatus } from '../features/status/NodeStatus';
import { sessionQuery } from '../lib/api/queries';

const TryIt = lazy(async () => ({ default: (await import('../features/try-it/TryIt')).TryIt }));

/** What the server's address shows: what it is, that it is up, and a way to try it without an account. */
export function Landing() {
  const session = useQuery(sessionQuery);
  return (
    <div className="narrow">
      <header>
        <div className="heading">
          <h1 className="brand">
            <img src="/bell.svg" alt="" width="32" height="32" /> Carillon
          </h1>
          <nav aria-label="Account" className="links">
            <a href="/docs/">Documentation</a>
            {session.data ? (
              <Link to="/console">Open the console</Link>
            ) : (
              <>
                <Link to="/console/sign-in">Sign in</Link>
                <Link to="/console/sign-up">Sign up</Link>
              </>
            )}
          </nav>
        </div>
        <p className="lead">
          A real-time server of your own: backends publish over HTTP, and browsers, phones and services that subscribed
          receive it at once, with the Pusher libraries they already have.
        </p>
        <NodeStatus />
      </header>
      <main>
        <Suspense>
          <TryIt location={window.location} />
        </Suspense>
      </main>
    </div>
  );
}
