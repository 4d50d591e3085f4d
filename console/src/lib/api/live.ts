import { call } from './http';
import type { Channels, LiveConnections, Members, Messages, Permission, Refusals, ToSampleTraces, Traces, TracesSampled } from './types';

/** An application, and whose it is. */
export interface Where {
  tenant: string;
  app: string;
}

type Parameters = Record<string, string | undefined>;

const place = ({ tenant, app }: Where) => `/v1/console/tenants/${encodeURIComponent(tenant)}/apps/${encodeURIComponent(app)}`;

function get<T>(path: string, parameters: Parameters, signal: AbortSignal): Promise<T> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return call<T>('GET', text === '' ? path : `${path}?${text}`, undefined, { signal });
}

export const listConnections = (where: Where, filter: string, cursor: string | undefined, signal: AbortSignal) =>
  get<LiveConnections>(`${place(where)}/connections`, { filter, cursor }, signal);

export const endConnection = (where: Where, id: string) => call('DELETE', `${place(where)}/connections/${id}`);

export const listChannels = (where: Where, prefix: string, cursor: string | undefined, signal: AbortSignal) =>
  get<Channels>(`${place(where)}/channels`, { prefix, cursor }, signal);

export const listMembers = (where: Where, channel: string, signal: AbortSignal) =>
  get<Members>(`${place(where)}/channels/${encodeURIComponent(channel)}/members`, {}, signal);

export const listRefusals = (where: Where, signal: AbortSignal) => get<Refusals>(`${place(where)}/refusals`, { limit: '100' }, signal);

/** Which traces are asked for. */
export interface TracesOf {
  id?: string | undefined;
  channel?: string | undefined;
  position?: string | undefined;
}

export const listTraces = (where: Where, of: TracesOf, signal: AbortSignal) =>
  get<Traces>(`${place(where)}/traces`, { ...of, limit: '50' }, signal);

export const sampleTraces = (where: Where, of: ToSampleTraces) => call<TracesSampled>('POST', `${place(where)}/traces/samplings`, of);

export interface Page {
  direction: 'forward' | 'backward';
  /** Where the page starts. */
  from?: string | undefined;
  after?: string | undefined;
  before?: string | undefined;
}

export const listMessages = (where: Where, channel: string, page: Page, signal: AbortSignal) =>
  get<Messages>(`${place(where)}/channels/${encodeURIComponent(channel)}/messages`, { ...page, limit: '50' }, signal);

export interface Question {
  operation: string;
  channel: string;
  token?: string;
  key?: string;
}

export const explain = (where: Where, question: Question) =>
  call<Permission>('POST', `${place(where)}/permissions/explain`, question);
