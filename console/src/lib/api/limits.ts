import { call } from './http';
import type { AppLimits } from './types';

const path = (tenant: string, app: string) =>
  `/v1/console/tenants/${encodeURIComponent(tenant)}/apps/${encodeURIComponent(app)}/limits`;

export const getAppLimits = (tenant: string, app: string, signal: AbortSignal) =>
  call<AppLimits>('GET', path(tenant, app), undefined, { signal });
/** Of what is absent the plan's count. */
export const putAppLimits = (tenant: string, app: string, own: Record<string, number>) =>
  call<AppLimits>('PUT', path(tenant, app), own);
