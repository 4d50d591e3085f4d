import { useOutletContext } from 'react-router';
import type { App, Session, Tenant } from './api/types';

/** Whose page it is. */
export const useWho = (): Session => useOutletContext<{ who: Session }>().who;

/** The tenant that the page's address names, with the role of whoever looks. */
export const useTenant = (): Tenant => useOutletContext<{ tenant: Tenant }>().tenant;

/** The application that the page's address names. */
export const usePlace = (): { tenant: Tenant; app: App } => useOutletContext<{ tenant: Tenant; app: App }>();

/** The paths of the pages. */
export const at = {
  apps: (tenant: string) => `/console/t/${tenant}/apps`,
  app: (tenant: string, app: string) => `/console/t/${tenant}/apps/${app}`,
  members: (tenant: string) => `/console/t/${tenant}/members`,
  auditLog: (tenant: string) => `/console/t/${tenant}/audit-log`,
  settings: (tenant: string) => `/console/t/${tenant}/settings`,
};
