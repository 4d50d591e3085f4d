// @vitest-environment happy-dom
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { behind, millisOf, summary } from '../features/trace/fates';
import { newQueryClient } from '../lib/api/queries';
import type { Trace, TraceSockets } from '../lib/api/types';
import { newRouter } from './router';

const none: TraceSockets = { written: 0, waiting: 0, conflated: 0, held: 0, leftOut: 0, repeated: 0, tooSlow: 0, overrun: 0 };
const trace: Trace = {
  channel: 'news',
  epoch: 7,
  offset: 42,
  id: 'm1',
  event: 'greeting',
  bytes: 17,
  accepted: { at: '2026-01-01T00:00:00.000Z', node: 'node-aaaaaa', key: 'k', logMicros: 1_250, duplicate: false },
  nodes: [
    { at: '2026-01-01T00:00:00.002Z', until: '2026-01-01T00:00:00.002Z', node: 'node-aaaaaa', bytes: 300, sockets: { ...none, written: 3 } },
    { at: '2026-01-01T00:00:00.004Z', until: '2026-01-01T00:00:00.009Z', node: 'node-bbbbbb', bytes: 200, sockets: { ...none, written: 2, leftOut: 1, tooSlow: 1 } },
  ],
};

let asked: string[];
let answers: Record<string, unknown>;

function open(path: string) {
  render(
    <QueryClientProvider client={newQueryClient()}>
      <RouterProvider router={newRouter(createMemoryHistory({ initialEntries: [`/console/t/t/apps/42/live${path}`] }))} />
    </QueryClientProvider>,
  );
}

const base = '/v1/console/tenants/t/apps/42/traces';

beforeEach(() => {
  asked = [];
  answers = {
    'GET /v1/console/session': {
      account: { id: 'a', email: 'ann@example.com', verified: true },
      tenants: [{ id: 't', name: 'Acme', role: 'developer' }],
      expiresAt: '2027-01-01T00:00:00Z',
    },
    'GET /v1/console/tenants/t/apps/42': { id: '42', name: 'Shop', since: '2026-01-01T00:00:00Z', enabled: true },
  };
  vi.stubGlobal('fetch', (path: string, { method = 'GET', body }: RequestInit = {}) => {
    asked.push(`${method} ${path}${typeof body === 'string' ? ` ${body}` : ''}`);
    const answer = answers[`${method} ${path}`] ?? { traces: [], nodes: 1 };
    return Promise.resolve(new Response(JSON.stringify(answer)));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the page of traces', () => {
  it('shows the way of a message: accepted, the nodes, their sockets and what was dropped', async () => {
    answers[`GET ${base}?channel=news&position=7%3A42&limit=50`] = { traces: [trace], nodes: 2, unanswered: 1 };
    open('/trace?channel=news&position=7:42');
    const list = await screen.findByRole('list', { name: 'Traces' });
    expect(list.textContent).toContain('5 written, 1 left out, 1 dropped on 2 nodes');
    expect(list.textContent).toContain('in the log after 1.25 ms');
    const second = within(list).getByRole('list', { name: 'Sockets of node-bbbbbb' });
    expect(second.textContent).toContain('the reader was too far behind');
    expect(list.textContent).toContain('+4 ms to +9 ms');
    expect(screen.getByText(/One node has not answered/)).toBeTruthy();
  });

  it('looks for an id, and refuses what is no position', async () => {
    open('/trace');
    await screen.findByText('No message was traced lately.');
    await userEvent.type(screen.getByLabelText('Position'), 'here');
    await userEvent.click(screen.getByRole('button', { name: 'Find' }));
    expect(screen.getByLabelText('Position').getAttribute('aria-invalid')).toBe('true');
    await userEvent.clear(screen.getByLabelText('Position'));
    await userEvent.type(screen.getByLabelText('Message id'), 'm1');
    await userEvent.click(screen.getByRole('button', { name: 'Find' }));
    await screen.findByText('No traced message matches.');
    expect(asked).toContain(`GET ${base}?id=m1&limit=50`);
  });

  it('has what comes next traced', async () => {
    answers[`POST ${base}/samplings`] = { pattern: 'chat:*', every: 10, messages: 20, seconds: 600, nodes: 2 };
    open('/trace');
    await userEvent.clear(await screen.findByLabelText('Channels'));
    await userEvent.type(screen.getByLabelText('Channels'), 'chat:*');
    await userEvent.click(screen.getByRole('button', { name: 'Begin' }));
    await screen.findByText(/2 nodes trace one of 10 messages/);
    expect(asked).toContain(`POST ${base}/samplings {"pattern":"chat:*","every":1,"messages":20,"seconds":600}`);
  });
});

describe('the words of a trace', () => {
  it('say when nobody was there, or it came again', () => {
    expect(summary({ ...trace, nodes: [] })).toBe('nobody was subscribed');
    const accepted = { at: '2026-01-01T00:00:00.000Z', node: 'n', logMicros: 1, duplicate: true };
    expect(summary({ ...trace, nodes: [], accepted })).toBe('a repeat of a message that was sent before');
  });

  it('have times before their start, as clocks differ', () => {
    expect(behind('2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.003Z')).toBe('−3 ms');
    expect(millisOf(15_400)).toBe('15 ms');
  });
});
