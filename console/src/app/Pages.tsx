import { lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router';
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
import { AppLayout } from './AppLayout';
import { Landing } from './Landing';
import { Nothing } from './Nothing';
import { Home, Shell } from './Shell';
import { TenantLayout } from './TenantLayout';

const UsagePage = lazy(async () => ({ default: (await import('../features/usage/UsagePage')).UsagePage }));
const LimitsPage = lazy(async () => ({ default: (await import('../features/limits/LimitsPage')).LimitsPage }));
const LivePages = lazy(async () => ({ default: (await import('../features/live/LivePages')).LivePages }));
const WebhooksPage = lazy(async () => ({ default: (await import('../features/webhooks/WebhooksPage')).WebhooksPage }));
const WebhookPage = lazy(async () => ({ default: (await import('../features/webhooks/WebhookPage')).WebhookPage }));

/** Which address is which page. */
export function Pages() {
  return (
    <Routes>
      <Route path="/" element={<Landing />} />
      <Route path="/verify" element={<VerifyPage />} />
      <Route path="/reset" element={<ResetPage />} />
      <Route path="/invitation" element={<InvitationPage />} />
      <Route path="/console/sign-in" element={<SignInPage />} />
      <Route path="/console/sign-up" element={<SignUpPage />} />
      <Route path="/console/forgot" element={<ForgotPage />} />
      <Route path="/console" element={<Shell />}>
        <Route index element={<Home />} />
        <Route path="account" element={<AccountPage />} />
        <Route path="access-tokens" element={<AccessTokensPage />} />
        <Route path="new-team" element={<NewTeamPage />} />
        <Route path="t/:tenant" element={<TenantLayout />}>
          <Route index element={<Navigate to="apps" replace />} />
          <Route path="apps" element={<AppsPage />} />
          <Route path="apps/:app" element={<AppLayout />}>
            <Route index element={<StartPage />} />
            <Route path="keys" element={<KeysPage />} />
            <Route path="rules" element={<RulesPage />} />
            <Route path="webhooks" element={<WebhooksPage />} />
            <Route path="webhooks/:webhook" element={<WebhookPage />} />
            <Route path="usage" element={<UsagePage />} />
            <Route path="limits" element={<LimitsPage />} />
            <Route path="live/*" element={<LivePages />} />
            <Route path="settings" element={<AppSettingsPage />} />
          </Route>
          <Route path="members" element={<MembersPage />} />
          <Route path="audit-log" element={<AuditLogPage />} />
          <Route path="settings" element={<TeamSettingsPage />} />
        </Route>
        <Route path="*" element={<Nothing />} />
      </Route>
      <Route path="*" element={<Nothing />} />
    </Routes>
  );
}
