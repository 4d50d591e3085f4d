// @vitest-environment happy-dom
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newQueryClient } from '../lib/api/queries';
import type { Role } from '../lib/api/types';
import { newRouter } from './router';

const app = {
  id: '42',
  name: 'Shop',
  since: '2026-01-01T00:00:00Z',
  enabled: true,
  clientEvents: false,
  subscriptionCounts: false,
  requireSignIn: false,
  allowedOrigins: [],
  connections: 100,
  messageBytes: 1000,
  clientEventsPerSecond: 10,
  presenceMembers: 100,
  channelsPerConnection: 100,
};

/** What was sent, by method and path. */
let sent: Record<string, unknown>;

/** What the server answers, by method and path; anything else is refused as unknown. */
let answers: Record<string, unknown>;

function signedIn(role: Role): void {
  answers['GET /v1/console/session'] = {
    account: { id: 'a', email: 'ann@example.com', verified: true },
    tenants: [{ id: 't', name: 'Acme', role }],
    expiresAt: '2027-01-01T00:00:00Z',
  };
}

function open(path: string): void {
  render(
    <QueryClientProvider client={newQueryClient()}>
      <RouterProvider router={newRouter(createMemoryHistory({ initialEntries: [path] }))} />
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  answers = {};
  sent = {};
  vi.stubGlobal('fetch', (path: string, { method = 'GET', body: said }: RequestInit = {}) => {
    sent[`${method} ${path}`] = typeof said === 'string' ? JSON.parse(said) : undefined;
    const body = answers[`${method} ${path}`];
    const code = path.endsWith('/session') ? 'session-missing' : 'path-not-found';
    const answer = body ?? { code, title: 'Refused', detail: 'Refused', status: 401, retry: 'no', number: 1, type: '' };
    return Promise.resolve(new Response(JSON.stringify(answer), { status: body === undefined ? 401 : 200 }));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the pages', () => {
  it('lead whoever is not signed in to signing in, and back', async () => {
    open('/console/t/t/apps');
    await screen.findByRole('heading', { name: 'Sign in' });
    signedIn('owner');
    answers['POST /v1/console/session'] = answers['GET /v1/console/session'];
    answers['GET /v1/console/tenants/t/apps'] = { apps: [app] };
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    await screen.findByRole('link', { name: 'Shop' });
  });

  it('offer the first app, to who may make one', async () => {
    signedIn('developer');
    answers['GET /v1/console/tenants/t/apps'] = { apps: [] };
    open('/console');
    await screen.findByRole('heading', { name: 'Your first app' });
    cleanup();
    signedIn('viewer');
    open('/console');
    await screen.findByText(/There is no app yet/);
  });

  it('hide from viewers what the server would refuse', async () => {
    signedIn('viewer');
    answers['GET /v1/console/tenants/t/apps/42'] = app;
    answers['GET /v1/console/tenants/t/apps/42/keys'] = { keys: [{ id: 'k', label: 'Backend', since: app.since }] };
    open('/console/t/t/apps/42/keys');
    await screen.findByText('Backend');
    expect(screen.queryByRole('button', { name: /Revoke/ })).toBeNull();
    expect(screen.queryByRole('link', { name: 'Audit log' })).toBeNull();
  });

  it('take origins one a line, and show them as they are kept', async () => {
    signedIn('developer');
    const path = '/v1/console/tenants/t/apps/42';
    answers[`GET ${path}`] = { ...app, allowedOrigins: ['https://a.example'] };
    answers[`PATCH ${path}`] = { ...app, allowedOrigins: ['https://a.example', 'https://b.example'] };
    open('/console/t/t/apps/42/settings');
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Allowed origins' });
    expect(field.value).toBe('https://a.example');
    await userEvent.type(field, '\n HTTPS://B.example \n');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Saved.');
    expect(sent[`PATCH ${path}`]).toMatchObject({ allowedOrigins: ['https://a.example', 'HTTPS://B.example'] });
    expect(field.value).toBe('https://a.example\nhttps://b.example');
  });

  it('show why something did not come, and ask again', async () => {
    signedIn('owner');
    open('/console/t/t/members');
    await screen.findByText('Members', { selector: 'h1' });
    expect((await screen.findAllByRole('alert')).length).toBeGreaterThan(0);
    answers['GET /v1/console/tenants/t/members'] = { members: [] };
    answers['GET /v1/console/tenants/t/invitations'] = { invitations: [] };
    for (const retry of screen.getAllByRole('button', { name: 'Try again' })) {
      await userEvent.click(retry);
    }
    await screen.findByText('Nobody is invited at this moment.');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('say that a page is not there, as for a team of others', async () => {
    signedIn('owner');
    open('/console/t/other/apps');
    await screen.findByRole('heading', { name: 'There is no such page' });
  });
});
