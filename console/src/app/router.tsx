import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type RouterHistory,
} from '@tanstack/react-router';
import { AccessTokensPage } from '../features/account/AccessTokensPage';
import { AccountPage } from '../features/account/AccountPage';
import { ForgotPage, InvitationPage, ResetPage, VerifyPage } from '../features/account/LinkPages';
import { SignInPage } from '../features/account/SignInPage';
import { SignUpPage } from '../features/account/SignUpPage';
import { AppSettingsPage } from '../features/apps/AppSettingsPage';
import { AppsPage } from '../features/apps/AppsPage';
import { AuditLogPage } from '../features/audit/AuditLogPage';
import { KeysPage } from '../features/keys/KeysPage';
import { MembersPage } from '../features/members/MembersPage';
import { NewTeamPage } from '../features/members/NewTeamPage';
import { TeamSettingsPage } from '../features/members/TeamSettingsPage';
import { RulesPage } from '../features/rules/RulesPage';
import { StartPage } from '../features/start/StartPage';
import { Trouble } from '../ui/Trouble';
import { AppLayout } from './AppLayout';
import { Landing } from './Landing';
import { LiveLayout } from './LiveLayout';
import { Nothing } from './Nothing';
import { first, parseSearch, stringifySearch, type Words } from './search';
import { Home, Shell } from './Shell';
import { TenantLayout } from './TenantLayout';

const root = createRootRoute();

// Who is not signed in.
const landing = createRoute({ getParentRoute: () => root, path: '/', component: Landing });
const verify = createRoute({ getParentRoute: () => root, path: 'verify', component: VerifyPage });
const reset = createRoute({ getParentRoute: () => root, path: 'reset', component: ResetPage });
const invitation = createRoute({ getParentRoute: () => root, path: 'invitation', component: InvitationPage });
const signIn = createRoute({
  getParentRoute: () => root,
  path: 'console/sign-in',
  validateSearch: first('next', 'refused'),
  component: SignInPage,
});
const signUp = createRoute({
  getParentRoute: () => root,
  path: 'console/sign-up',
  validateSearch: first('next'),
  component: SignUpPage,
});
const forgot = createRoute({ getParentRoute: () => root, path: 'console/forgot', component: ForgotPage });

// Who is, and tenants.
const shell = createRoute({ getParentRoute: () => root, path: 'console', component: Shell });
const home = createRoute({ getParentRoute: () => shell, path: '/', component: Home });
const account = createRoute({ getParentRoute: () => shell, path: 'account', component: AccountPage });
const accessTokens = createRoute({ getParentRoute: () => shell, path: 'access-tokens', component: AccessTokensPage });
const newTeam = createRoute({ getParentRoute: () => shell, path: 'new-team', component: NewTeamPage });
const tenant = createRoute({ getParentRoute: () => shell, path: 't/$tenant', component: TenantLayout });
const tenantHome = createRoute({
  getParentRoute: () => tenant,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/console/t/$tenant/apps', params, replace: true });
  },
});
const apps = createRoute({ getParentRoute: () => tenant, path: 'apps', component: AppsPage });
const members = createRoute({ getParentRoute: () => tenant, path: 'members', component: MembersPage });
const auditLog = createRoute({ getParentRoute: () => tenant, path: 'audit-log', component: AuditLogPage });
const teamSettings = createRoute({ getParentRoute: () => tenant, path: 'settings', component: TeamSettingsPage });

// An application. Pages that few open, or that are large, come when they are opened.
const app = createRoute({ getParentRoute: () => tenant, path: 'apps/$app', component: AppLayout });
const start = createRoute({ getParentRoute: () => app, path: '/', component: StartPage });
const keys = createRoute({ getParentRoute: () => app, path: 'keys', component: KeysPage });
const rules = createRoute({ getParentRoute: () => app, path: 'rules', component: RulesPage });
const settings = createRoute({ getParentRoute: () => app, path: 'settings', component: AppSettingsPage });
const webhooks = createRoute({
  getParentRoute: () => app,
  path: 'webhooks',
  component: lazyRouteComponent(() => import('../features/webhooks/WebhooksPage'), 'WebhooksPage'),
});
const webhook = createRoute({
  getParentRoute: () => app,
  path: 'webhooks/$webhook',
  component: lazyRouteComponent(() => import('../features/webhooks/WebhookPage'), 'WebhookPage'),
});
const usage = createRoute({
  getParentRoute: () => app,
  path: 'usage',
  component: lazyRouteComponent(() => import('../features/usage/UsagePage'), 'UsagePage'),
});

// What is live in it.
const live = createRoute({ getParentRoute: () => app, path: 'live', component: LiveLayout });
const events = createRoute({
  getParentRoute: () => live,
  path: '/',
  validateSearch: ({ channel }: Words): { channel?: string[] } => (channel === undefined ? {} : { channel: [channel].flat() }),
  component: lazyRouteComponent(() => import('../features/live/pages'), 'LivePage'),
});
const connections = createRoute({
  getParentRoute: () => live,
  path: 'connections',
  component: lazyRouteComponent(() => import('../features/live/pages'), 'ConnectionsPage'),
});
const channels = createRoute({
  getParentRoute: () => live,
  path: 'channels',
  component: lazyRouteComponent(() => import('../features/live/pages'), 'ChannelsPage'),
});
const presence = createRoute({
  getParentRoute: () => live,
  path: 'presence',
  validateSearch: first('channel'),
  component: lazyRouteComponent(() => import('../features/live/pages'), 'PresencePage'),
});
const history = createRoute({
  getParentRoute: () => live,
  path: 'history',
  validateSearch: first('channel'),
  component: lazyRouteComponent(() => import('../features/live/pages'), 'HistoryPage'),
});
const refusals = createRoute({
  getParentRoute: () => live,
  path: 'refusals',
  component: lazyRouteComponent(() => import('../features/live/pages'), 'RefusalsPage'),
});

const trace = createRoute({
  getParentRoute: () => live,
  path: 'trace',
  validateSearch: first('id', 'channel', 'position'),
  component: lazyRouteComponent(() => import('../features/trace/TracePage'), 'TracePage'),
});

const livePages = live.addChildren([events, connections, channels, presence, history, trace, refusals]);
const appPages = app.addChildren([start, keys, rules, webhooks, webhook, usage, livePages, settings]);
const tenantPages = tenant.addChildren([tenantHome, apps, appPages, members, auditLog, teamSettings]);
const console = shell.addChildren([home, account, accessTokens, newTeam, tenantPages]);
const routeTree = root.addChildren([landing, verify, reset, invitation, signIn, signUp, forgot, console]);

/** Which address is which page. */
export function newRouter(at?: RouterHistory) {
  return createRouter({
    routeTree,
    parseSearch,
    stringifySearch,
    defaultNotFoundComponent: Nothing,
    defaultPendingComponent: () => <p className="loading">Loading …</p>,
    defaultErrorComponent: ({ error, reset }) => <Trouble error={error} onRetry={reset} />,
    ...(at === undefined ? {} : { history: at }),
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
