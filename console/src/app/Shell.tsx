import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useRef, useState } from 'react';
import { Link, Navigate, NavLink, Outlet, useLocation, useMatch, useNavigate } from 'react-router';
import { signOut } from '../lib/api/console';
import { sessionQuery } from '../lib/api/queries';
import type { Session } from '../lib/api/types';
import { at } from '../lib/place';
import { isAtLeast } from '../lib/roles';
import { forgetSecrets } from '../lib/secrets';
import { chooseTheme, chosenTheme, type Theme } from '../lib/theme';
import { Loaded } from '../ui/Loaded';
import { Trouble } from '../ui/Trouble';

/** What surrounds each page of somebody who is signed in; others are led to signing in. */
export function Shell() {
  const session = useQuery(sessionQuery);
  const { pathname, search } = useLocation();
  if (session.data === null) {
    return <Navigate to={`/console/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
  }
  return <Loaded query={session}>{(who) => who !== null && <Frame who={who} />}</Loaded>;
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
        <Suspense fallback={<p className="loading">Loading …</p>}>
          <Outlet context={{ who }} />
        </Suspense>
      </main>
      <Foot />
    </>
  );
}

function TopBar({ who }: { who: Session }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const current = useMatch('/console/t/:tenant/*')?.params.tenant ?? who.tenants[0]?.id;
  const tenant = who.tenants.find(({ id }) => id === current);
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      forgetSecrets();
      client.clear();
      client.setQueryData(sessionQuery.queryKey, null);
      void navigate('/console/sign-in');
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
            onChange={(event) => void navigate(event.target.value === 'new' ? '/console/new-team' : at.apps(event.target.value))}
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
          <NavLink to="/console/account">{who.account.email}</NavLink>
          <button type="button" className="quiet" onClick={() => leaving.mutate()} disabled={leaving.isPending}>
            Sign out
          </button>
        </span>
      </div>
      {tenant !== undefined && (
        <nav aria-label="Team pages" className="tabs">
          <NavLink to={at.apps(tenant.id)}>Apps</NavLink>
          <NavLink to={at.members(tenant.id)}>Members</NavLink>
          {isAtLeast(tenant.role, 'admin') && <NavLink to={at.auditLog(tenant.id)}>Audit log</NavLink>}
          <NavLink to={at.settings(tenant.id)}>Team settings</NavLink>
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
        <a href="/docs/errors.md">Errors</a> · <a href="/openapi">OpenAPI</a> · <Link to="/">Try it</Link>
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
  return <Navigate to={tenant === undefined ? '/console/new-team' : at.apps(tenant.id)} replace />;
}
