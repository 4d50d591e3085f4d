import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, Navigate, Outlet, useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { signOut } from '../lib/api/console';
import { sessionQuery } from '../lib/api/queries';
import type { Session } from '../lib/api/types';
import { at, WhoContext } from '../lib/place';
import { isAtLeast } from '../lib/roles';
import { forgetSecrets } from '../lib/secrets';
import { chooseTheme, chosenTheme, type Theme } from '../lib/theme';
import { Loaded } from '../ui/Loaded';
import { Trouble } from '../ui/Trouble';

/** What surrounds each page of somebody who is signed in; others are led to signing in. */
export function Shell() {
  const session = useQuery(sessionQuery);
  if (session.data === null) {
    return <ToSignIn />;
  }
  return <Loaded query={session}>{(who) => who !== null && <Frame who={who} />}</Loaded>;
}

/** Leads to signing in, and back from there; once, from where it was first shown. */
function ToSignIn() {
  const { pathname, searchStr } = useLocation();
  const navigate = useNavigate();
  const [next] = useState(pathname + searchStr);
  useEffect(() => {
    // Who signs out is on the way there already.
    if (!next.startsWith('/console/sign-in')) {
      void navigate({ to: '/console/sign-in', search: { next }, replace: true });
    }
  }, [navigate, next]);
  return null;
}

function Frame({ who }: { who: Session }) {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const first = useRef(pathname);

  useEffect(() => {
    // So that the keyboard and a screen reader begin at the new page.
    if (first.current !== pathname) {
      first.current = pathname;
      main.current?.focus();
    }
  }, [pathname]);

  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <TopBar who={who} />
      <main id="main" ref={main} tabIndex={-1}>
        <WhoContext value={who}>
          <Outlet />
        </WhoContext>
      </main>
      <Foot />
    </>
  );
}

function TopBar({ who }: { who: Session }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const current = useParams({ strict: false }).tenant ?? who.tenants[0]?.id;
  const tenant = who.tenants.find(({ id }) => id === current);
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      forgetSecrets();
      client.clear();
      client.setQueryData(sessionQuery.queryKey, null);
      void navigate({ to: '/console/sign-in' });
    },
  });

  return (
    <header className="top">
      <div className="bar">
        <Link to="/console" className="brand">
          <img src="/bell.svg" alt="" width="24" height="24" /> Carillon
        </Link>
        {who.tenants.length > 0 && (
          <select
            aria-label="Team"
            value={tenant?.id ?? ''}
            onChange={(event) => void navigate(event.target.value === 'new' ? { to: '/console/new-team' } : at.apps(event.target.value))}
          >
            {tenant === undefined && <option value="">Choose a team</option>}
            {who.tenants.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            <option value="new">New team …</option>
          </select>
        )}
        <span className="account">
          <Link to="/console/account">{who.account.email}</Link>
          <button type="button" className="quiet" onClick={() => leaving.mutate()} disabled={leaving.isPending}>
            Sign out
          </button>
        </span>
      </div>
      {tenant !== undefined && (
        <nav aria-label="Team pages" className="tabs">
          <Link {...at.apps(tenant.id)}>Apps</Link>
          <Link {...at.members(tenant.id)}>Members</Link>
          {isAtLeast(tenant.role, 'admin') && <Link {...at.auditLog(tenant.id)}>Audit log</Link>}
          <Link {...at.settings(tenant.id)}>Team settings</Link>
        </nav>
      )}
      {leaving.isError && <Trouble error={leaving.error} onRetry={() => leaving.mutate()} />}
    </header>
  );
}

function Foot() {
  const [theme, setTheme] = useState(chosenTheme);
  return (
    <footer>
      <span>
        <a href="/docs/">Documentation</a> · <a href="/docs/errors.md">Errors</a> · <a href="/openapi">OpenAPI</a> · <Link to="/">Try it</Link>
      </span>
      <label>
        Theme{' '}
        <select
          value={theme}
          onChange={(event) => {
            const chosen = event.target.value as Theme;
            setTheme(chosen);
            chooseTheme(chosen);
          }}
        >
          <option value="system">as the system</option>
          <option value="light">light</option>
          <option value="dark">dark</option>
        </select>
      </label>
    </footer>
  );
}

/** The first page of somebody who is signed in. */
export function Home() {
  const session = useQuery(sessionQuery);
  const tenant = session.data?.tenants[0];
  return <Navigate {...(tenant === undefined ? { to: '/console/new-team' } : at.apps(tenant.id))} replace />;
}
