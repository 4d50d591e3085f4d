import { createContext, use } from 'react';
import type { App, Session, Tenant } from './api/types';

/** Whose pages are shown; each layout gives what its pages may count on. */
export const WhoContext = createContext<Session | undefined>(undefined);
export const TenantContext = createContext<Tenant | undefined>(undefined);
export const AppContext = createContext<App | undefined>(undefined);

function given<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new Error(`a page without ${what} (expected: below the layout that gives it)`);
  }
  return value;
}

/** Whose page it is. */
export const useWho = (): Session => given(use(WhoContext), 'a session');

/** The tenant that the page's address names, with the role of whoever looks. */
export const useTenant = (): Tenant => given(use(TenantContext), 'a tenant');

/** The application that the page's address names. */
export const usePlace = (): { tenant: Tenant; app: App } => ({ tenant: useTenant(), app: given(use(AppContext), 'an application') });

const inTenant = (tenant: string) => ({ tenant });
const inApp = (tenant: string, app: string) => ({ tenant, app });

/** Where the pages are, for links. */
export const at = {
  apps: (tenant: string) => ({ to: '/console/t/$tenant/apps', params: inTenant(tenant) }) as const,
  app: (tenant: string, app: string) => ({ to: '/console/t/$tenant/apps/$app', params: inApp(tenant, app) }) as const,
  live: (tenant: string, app: string) => ({ to: '/console/t/$tenant/apps/$app/live', params: inApp(tenant, app) }) as const,
  presence: (tenant: string, app: string) => ({ to: '/console/t/$tenant/apps/$app/live/presence', params: inApp(tenant, app) }) as const,
  history: (tenant: string, app: string) => ({ to: '/console/t/$tenant/apps/$app/live/history', params: inApp(tenant, app) }) as const,
  trace: (tenant: string, app: string) => ({ to: '/console/t/$tenant/apps/$app/live/trace', params: inApp(tenant, app) }) as const,
  webhooks: (tenant: string, app: string) => ({ to: '/console/t/$tenant/apps/$app/webhooks', params: inApp(tenant, app) }) as const,
  webhook: (tenant: string, app: string, webhook: string) =>
    ({ to: '/console/t/$tenant/apps/$app/webhooks/$webhook', params: { tenant, app, webhook } }) as const,
  members: (tenant: string) => ({ to: '/console/t/$tenant/members', params: inTenant(tenant) }) as const,
  auditLog: (tenant: string) => ({ to: '/console/t/$tenant/audit-log', params: inTenant(tenant) }) as const,
  settings: (tenant: string) => ({ to: '/console/t/$tenant/settings', params: inTenant(tenant) }) as const,
};
