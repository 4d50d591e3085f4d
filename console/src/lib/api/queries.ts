import { infiniteQueryOptions, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';
import {
  countKeyConnections,
  getApp,
  getIdentityProvider,
  getSecondFactor,
  listAccessTokens,
  listAccountEvents,
  listApps,
  listAuditLog,
  listInvitations,
  listKeyPrograms,
  listKeys,
  listMembers,
  listRules,
  listSessions,
  whoAmI,
} from './console';
import { Refusal } from './http';
import type { Session } from './types';

const attemptsMax = 2;
/** So often a page that is looked at asks for what others may have changed. */
const refetchInterval = 5_000;
/** A refusal with one of these is the same when it is asked again. */
const final = new Set([400, 401, 403, 404]);

/** One for the whole page. What the server refuses is not asked again by itself, what broke is. */
export function newQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        // A page that shows something stays, with what was typed into it; the others lead to signing in.
        if (error instanceof Refusal && error.signedOut && query.state.data === undefined) {
          client.setQueryData(sessionQuery.queryKey, null);
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, error) => count < attemptsMax && !(error instanceof Refusal && final.has(error.problem.status)),
      },
    },
  });
  return client;
}

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await whoAmI(signal);
    } catch (error) {
      if (error instanceof Refusal && error.signedOut) {
        return null;
      }
      throw error;
    }
  },
});

/** Whether people sign in elsewhere too; it is a setting of the server. */
export const identityProviderQuery = queryOptions({
  queryKey: ['session', 'provider'],
  queryFn: ({ signal }) => getIdentityProvider(signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export const secondFactorQuery = queryOptions({ queryKey: ['account', 'second-factor'], queryFn: ({ signal }) => getSecondFactor(signal) });

export const sessionsQuery = queryOptions({ queryKey: ['account', 'sessions'], queryFn: ({ signal }) => listSessions(signal), refetchInterval });

export const accountEventsQuery = queryOptions({
  queryKey: ['account', 'events'],
  queryFn: ({ signal }) => listAccountEvents(signal),
  refetchInterval,
});

export const accessTokensQuery = queryOptions({
  queryKey: ['access-tokens'],
  queryFn: ({ signal }) => listAccessTokens(signal),
  refetchInterval,
});

export const appsQuery = (tenant: string) =>
  queryOptions({ queryKey: ['tenant', tenant, 'apps'], queryFn: ({ signal }) => listApps(tenant, signal), refetchInterval });

export const appQuery = (tenant: string, app: string) =>
  queryOptions({ queryKey: ['tenant', tenant, 'app', app], queryFn: ({ signal }) => getApp(tenant, app, signal), refetchInterval });

export const keysQuery = (tenant: string, app: string) =>
  queryOptions({ queryKey: ['tenant', tenant, 'app', app, 'keys'], queryFn: ({ signal }) => listKeys(tenant, app, signal), refetchInterval });

/** How many connections a key has, asked for again and again; also when it was revoked. */
export const keyConnectionsQuery = (tenant: string, app: string, key: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'app', app, 'key', key, 'connections'],
    queryFn: ({ signal }) => countKeyConnections(tenant, app, key, signal),
    staleTime: 0,
    refetchInterval: 500,
  });

/** By which programs a key is used. */
export const keyProgramsQuery = (tenant: string, app: string, key: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'app', app, 'key', key, 'programs'],
    queryFn: ({ signal }) => listKeyPrograms(tenant, app, key, signal),
    refetchInterval,
  });

export const rulesQuery = (tenant: string, app: string) =>
  queryOptions({ queryKey: ['tenant', tenant, 'app', app, 'rules'], queryFn: ({ signal }) => listRules(tenant, app, signal), refetchInterval });

export const membersQuery = (tenant: string) =>
  queryOptions({ queryKey: ['tenant', tenant, 'members'], queryFn: ({ signal }) => listMembers(tenant, signal), refetchInterval });

export const invitationsQuery = (tenant: string) =>
  queryOptions({ queryKey: ['tenant', tenant, 'invitations'], queryFn: ({ signal }) => listInvitations(tenant, signal), refetchInterval });

export const auditLogQuery = (tenant: string) =>
  infiniteQueryOptions({
    queryKey: ['tenant', tenant, 'audit-log'],
    queryFn: ({ pageParam, signal }) => listAuditLog(tenant, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.cursor,
  });
