import { call } from './http';
import type {
  AccountEvents,
  Admission,
  App,
  AuditLog,
  Invitation,
  AccessToken,
  AccessTokenRequest,
  Capabilities,
  Key,
  KeyChange,
  KeyConnections,
  KeyPrograms,
  KeyRevoked,
  NewAccessToken,
  NewKey,
  RecoveryCodes,
  Role,
  Rotation,
  Rule,
  RuleMatch,
  RuleRequest,
  SecondFactor,
  SecondFactorSetup,
  Session,
  SignedIn,
  SignedOut,
  SignInProvider,
  TeamMember,
  Tenant,
  UsageReport,
} from './types';

const base = '/v1/console';
const tenant = (id: string) => `${base}/tenants/${encodeURIComponent(id)}`;
const app = (of: string, id: string) => `${tenant(of)}/apps/${encodeURIComponent(id)}`;
const key = (of: string, inApp: string, id: string) => `${app(of, inApp)}/keys/${encodeURIComponent(id)}`;
const rule = (of: string, inApp: string, pattern: string) => `${app(of, inApp)}/rules/${encodeURIComponent(pattern)}`;
const by = (signal: AbortSignal): RequestInit => ({ signal });

interface SignUp {
  email: string;
  password: string;
  tenant?: string;
  invitation?: string;
}

// who
export const whoAmI = (signal: AbortSignal) => call<Session>('GET', `${base}/session`, undefined, by(signal));
export const signUp = (form: SignUp) => call<Session>('POST', `${base}/accounts`, form);
export const signIn = (email: string, password: string) => call<Admission>('POST', `${base}/session`, { email, password });
export const getIdentityProvider = (signal: AbortSignal) =>
  call<SignInProvider>('GET', `${base}/identity`, undefined, by(signal));
/** Where a browser goes to sign in elsewhere; no call of a page. */
export const identityBegin = `${base}/identity/begin`;
export const signInByCode = (challenge: string, code: string) =>
  call<Session>('POST', `${base}/session/second-step`, { challenge, code });
export const signOut = () => call('DELETE', `${base}/session`);
export const changePassword = (current: string, next: string) => call<Session>('PUT', `${base}/password`, { current, next });
export const askReset = (email: string) => call('POST', `${base}/password/reset-requests`, { email });
export const resetPassword = (token: string, password: string) =>
  call<Admission>('POST', `${base}/password/resets`, { token, password });
export const verifyEmail = (token: string) => call('POST', `${base}/verifications`, { token });
export const acceptInvitation = (token: string) => call('POST', `${base}/invitations/accept`, { token });

// one's own account
const account = `${base}/account`;
export const getSecondFactor = (signal: AbortSignal) =>
  call<SecondFactor>('GET', `${account}/second-factor`, undefined, by(signal));
export const beginSecondFactor = (password: string) =>
  call<SecondFactorSetup>('POST', `${account}/second-factor`, { password });
export const confirmSecondFactor = (code: string) =>
  call<RecoveryCodes>('POST', `${account}/second-factor/confirmation`, { code });
export const removeSecondFactor = (password: string, code: string) =>
  call('POST', `${account}/second-factor/removal`, { password, code });
export const deleteAccount = (password: string, code: string | undefined) =>
  call('POST', `${account}/deletion`, { password, ...(code === undefined ? {} : { code }) });
export const listSessions = (signal: AbortSignal) => call<SignedIn>('GET', `${account}/sessions`, undefined, by(signal));
export const signOutElsewhere = () => call<SignedOut>('DELETE', `${account}/sessions`);
export const listAccountEvents = (signal: AbortSignal) => call<AccountEvents>('GET', `${account}/events`, undefined, by(signal));

// tenants
export const createTenant = (name: string) => call<Tenant>('POST', `${base}/tenants`, { name });
export const renameTenant = (of: string, name: string) => call<Tenant>('PATCH', tenant(of), { name });
export const deleteTenant = (of: string, name: string) => call('POST', `${tenant(of)}/deletion`, { name });
export const listMembers = (of: string, signal: AbortSignal) =>
  call<{ members: TeamMember[] }>('GET', `${tenant(of)}/members`, undefined, by(signal));
export const changeMember = (of: string, id: string, role: Role) => call('PATCH', `${tenant(of)}/members/${id}`, { role });
export const removeMember = (of: string, id: string) => call('DELETE', `${tenant(of)}/members/${id}`);
export const listInvitations = (of: string, signal: AbortSignal) =>
  call<{ invitations: Invitation[] }>('GET', `${tenant(of)}/invitations`, undefined, by(signal));
export const invite = (of: string, email: string, role: Role) =>
  call<Invitation>('POST', `${tenant(of)}/invitations`, { email, role });
export const withdrawInvitation = (of: string, id: string) => call('DELETE', `${tenant(of)}/invitations/${id}`);
export const listAuditLog = (of: string, cursor: string | undefined, signal: AbortSignal) =>
  call<AuditLog>('GET', `${tenant(of)}/audit-log?limit=50${cursor === undefined ? '' : `&cursor=${cursor}`}`, undefined, by(signal));

// access tokens
export const listAccessTokens = (signal: AbortSignal) =>
  call<{ tokens: AccessToken[] }>('GET', '/v1/console/access-tokens', undefined, by(signal));
export const createAccessToken = (wish: AccessTokenRequest) => call<NewAccessToken>('POST', '/v1/console/access-tokens', wish);
export const revokeAccessToken = (id: string) => call('DELETE', `/v1/console/access-tokens/${id}`);

// applications
export const listApps = (of: string, signal: AbortSignal) =>
  call<{ apps: App[] }>('GET', `${tenant(of)}/apps`, undefined, by(signal));
export const createApp = (of: string, name: string) => call<App>('POST', `${tenant(of)}/apps`, { name });
export const getApp = (of: string, id: string, signal: AbortSignal) => call<App>('GET', app(of, id), undefined, by(signal));
export const changeApp = (of: string, id: string, change: Partial<Omit<App, 'id' | 'since'>>) =>
  call<App>('PATCH', app(of, id), change);
export const deleteApp = (of: string, id: string) => call('DELETE', app(of, id));

// keys
export const listKeys = (of: string, inApp: string, signal: AbortSignal) =>
  call<{ keys: Key[] }>('GET', `${app(of, inApp)}/keys`, undefined, by(signal));
export const countKeyConnections = (of: string, inApp: string, id: string, signal: AbortSignal) =>
  call<KeyConnections>('GET', `${key(of, inApp, id)}/connections`, undefined, by(signal));
export const createKey = (of: string, inApp: string, label: string, capabilities: Capabilities | null) =>
  call<NewKey>('POST', `${app(of, inApp)}/keys`, { label, capabilities });
export const changeKey = (of: string, inApp: string, id: string, change: KeyChange) => call<Key>('PATCH', key(of, inApp, id), change);
export const rotateKey = (of: string, inApp: string, id: string, rotation: Rotation) =>
  call<NewKey>('POST', `${key(of, inApp, id)}/rotation`, rotation);
export const listKeyPrograms = (of: string, inApp: string, id: string, signal: AbortSignal) =>
  call<KeyPrograms>('GET', `${key(of, inApp, id)}/programs`, undefined, by(signal));
export const revokeKey = (of: string, inApp: string, id: string) => call<KeyRevoked>('DELETE', key(of, inApp, id));

// channel rules
export const listRules = (of: string, inApp: string, signal: AbortSignal) =>
  call<{ rules: Rule[] }>('GET', `${app(of, inApp)}/rules`, undefined, by(signal));
export const matchRule = (of: string, inApp: string, channel: string) =>
  call<RuleMatch>('GET', `${app(of, inApp)}/rules/match?channel=${encodeURIComponent(channel)}`);
export const putRule = (of: string, inApp: string, pattern: string, wanted: RuleRequest) =>
  call<Rule>('PUT', rule(of, inApp, pattern), wanted);
export const removeRule = (of: string, inApp: string, pattern: string) => call('DELETE', rule(of, inApp, pattern));

// usage
export const usagePath = (of: string, inApp: string, asked: Record<string, string>) =>
  `${app(of, inApp)}/usage?${new URLSearchParams(asked)}`;
export const getAppUsage = (of: string, inApp: string, asked: Record<string, string>, signal: AbortSignal) =>
  call<UsageReport>('GET', usagePath(of, inApp, asked), undefined, by(signal));
