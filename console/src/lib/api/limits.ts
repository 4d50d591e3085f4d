import { call } from './http';

export type Level = 'tenant' | 'app' | 'key' | 'connection';
/** Who says so. */
export type Source = 'default' | 'plan' | 'app' | 'platform';

/** One limit; 0 is none. */
export interface AppLimit {
  name: string;
  level: Level;
  unit: string;
  meaning: string;
  value: number;
  source: Source;
  planValue: number;
  most: number;
  unlimited: boolean;
  editable: boolean;
  used: number | null;
}

/** What the team has used of a day's or a month's. */
export interface Quota {
  name: string;
  unit: string;
  meaning: string;
  allowed: number;
  used: number;
  from: string;
  to: string;
  overrun: 'alert' | 'refuse';
}

export interface AppLimits {
  plan: string;
  limits: AppLimit[];
  quotas: Quota[];
}

const path = (tenant: string, app: string) =>
  `/v1/console/tenants/${encodeURIComponent(tenant)}/apps/${encodeURIComponent(app)}/limits`;

export const getAppLimits = (tenant: string, app: string, signal: AbortSignal) =>
  call<AppLimits>('GET', path(tenant, app), undefined, { signal });
/** Of what is absent the plan's count. */
export const putAppLimits = (tenant: string, app: string, own: Record<string, number>) =>
  call<AppLimits>('PUT', path(tenant, app), own);
