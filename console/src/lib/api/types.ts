// What `/v1/console` sends and takes, by the names of the OpenAPI document; the acceptance tests compare the two.

export type Role = 'owner' | 'admin' | 'developer' | 'viewer';
export type Standing = 'clients' | 'tokens' | 'server';

export interface Account {
  id: string;
  email: string;
  verified: boolean;
}

export interface Tenant {
  id: string;
  name: string;
  role: Role;
}

export interface Session {
  account: Account;
  tenants: Tenant[];
  expiresAt: string;
}

/** The password is right, and a code is needed; nobody is signed in. */
export interface CodeAsked {
  challenge: string;
  expiresAt: string;
}

export type Admission = Session | CodeAsked;

export interface SignInProvider {
  label?: string;
}

export interface SecondFactor {
  on: boolean;
  since?: string;
  recoveryCodes?: number;
}

export interface SecondFactorSetup {
  secret: string;
  uri: string;
}

export interface RecoveryCodes {
  recoveryCodes: string[];
}

export interface SignedInAt {
  since: string;
  expiresAt: string;
  from: string;
  browser: string;
  current: boolean;
}

export interface SignedIn {
  sessions: SignedInAt[];
}

export interface SignedOut {
  sessions: number;
}

export interface AccountEvent {
  at: string;
  action: string;
  from: string;
  browser: string;
}

export interface AccountEvents {
  events: AccountEvent[];
}

export interface App {
  id: string;
  name: string;
  since: string;
  enabled: boolean;
  clientEvents: boolean;
  subscriptionCounts: boolean;
  requireSignIn: boolean;
  connections: number;
  messageBytes: number;
  clientEventsPerSecond: number;
  presenceMembers: number;
  channelsPerConnection: number;
}

/** Operations by channel pattern. */
export type Capabilities = Readonly<Record<string, readonly string[]>>;

export interface Key {
  id: string;
  label: string;
  capabilities?: Capabilities;
  since: string;
  replaces?: string;
  closesAt?: string;
  lastUsedAt?: string;
  lastUsedBy?: string;
  connections?: number;
}

export interface KeyChange {
  label?: string;
  capabilities?: Capabilities | null;
}

export interface NewKey {
  key: Key;
  secret: string;
}

export interface KeyRevoked {
  id: string;
  connections: number;
  unanswered?: number;
}

export interface KeyConnections {
  connections: number;
  unanswered?: number;
}

export interface AccessTokenRequest {
  label: string;
  days?: number;
  tenant?: string;
  role: Role;
}

export interface AccessToken {
  id: string;
  label: string;
  tenant?: string;
  role: Role;
  since: string;
  expiresAt: string;
  lastUsedAt?: string;
}

export interface NewAccessToken {
  token: AccessToken;
  secret: string;
}

export interface HotWindow {
  messages: number;
  seconds: number;
}

/** What is done with readers that are too slow; they are disconnected when nothing is said. */
export type SlowPolicy = 'disconnect' | 'drop-oldest' | 'latest-per-key';

export interface RuleRequest {
  messageBytes?: number;
  clientEvents?: boolean;
  hot?: HotWindow;
  historyDays?: number;
  publish?: Standing;
  subscribe?: Standing;
  presence?: Standing;
  events?: string[];
  schema?: unknown;
  slow?: SlowPolicy;
}

export interface Rule extends RuleRequest {
  pattern: string;
}

export interface RuleMatch {
  channel: string;
  rule?: Rule;
  hidden: string[];
}

export interface TeamMember {
  id: string;
  email: string;
  role: Role;
  since: string;
  self: boolean;
}

export interface Invitation {
  id: string;
  email: string;
  role: Role;
  expiresAt: string;
}

export interface AuditEntry {
  id: string;
  at: string;
  by: string;
  token?: string;
  from: string;
  action: string;
  target: string;
  before?: Record<string, string>;
  after?: Record<string, string>;
}

export interface AuditLog {
  entries: AuditEntry[];
  cursor?: string;
}

export interface KeyProgram {
  protocol: 'rest' | 'pusher' | 'pusher-http' | 'carillon' | 'sse' | 'poll';
  library?: string;
  from?: string;
  lastUsedAt: string;
}

export interface KeyPrograms {
  programs: KeyProgram[];
  closesUnusedSeconds?: number;
}

export interface Rotation {
  overlapSeconds?: number;
  unusedSeconds?: number;
}

export interface LiveConnection {
  id: string;
  key: string;
  user?: string;
  protocol: KeyProgram['protocol'];
  library?: string;
  from?: string;
  since: string;
  subscriptions: number;
}

export interface LiveConnections {
  connections: LiveConnection[];
  total: number;
  unanswered?: number;
  cursor?: string;
}

export interface Refusal {
  at: string;
  what: string;
  code: number;
  channel?: string;
  key?: string;
  connection?: string;
  reason: string;
}

export interface Refusals {
  refusals: Refusal[];
  unanswered?: number;
}

export interface TraceAccepted {
  at: string;
  node: string;
  key?: string;
  logMicros: number;
  archiveMicros?: number;
  duplicate: boolean;
}

export interface TraceSockets {
  written: number;
  waiting: number;
  conflated: number;
  held: number;
  leftOut: number;
  repeated: number;
  tooSlow: number;
  overrun: number;
}

export interface TraceNode {
  at: string;
  until: string;
  node: string;
  bytes: number;
  sockets: TraceSockets;
}

export interface Trace extends Position {
  channel: string;
  id?: string;
  event: string;
  bytes: number;
  accepted?: TraceAccepted;
  nodes: TraceNode[];
}

export interface Traces {
  traces: Trace[];
  nodes: number;
  unanswered?: number;
}

export interface ToSampleTraces {
  pattern: string;
  every: number;
  messages: number;
  seconds: number;
}

export interface TracesSampled extends ToSampleTraces {
  nodes: number;
  unanswered?: number;
}

export interface ChannelSummary {
  name: string;
  subscriptions: number;
}

export interface Channels {
  channels: ChannelSummary[];
  next?: string;
}

export interface Member {
  id: string;
  info?: unknown;
}

export interface Members {
  channel: string;
  version: number;
  members: Member[];
}

export interface Position {
  epoch: number;
  offset: number;
}

export interface Message extends Position {
  id?: string;
  name: string;
  data?: unknown;
  encoding?: string;
  timestamp: number;
  user?: string;
  extras?: Record<string, unknown>;
  edited?: Position;
  deleted?: boolean;
}

export interface Messages {
  messages: Message[];
  position: Position;
  complete: boolean;
  next?: string;
}

export interface DecidedBy {
  type: string;
  pattern?: string;
  lacking?: string[];
  least?: Standing;
  name?: string;
}

export interface Permission {
  allowed: boolean;
  operation: string;
  channel: string;
  decidedBy: DecidedBy;
  problem?: Problem;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  number: number;
  retry: 'no' | 'now' | 'later' | 'token';
  pointer?: string;
}

export interface UsageFigures {
  messages: number;
  bytesIn: number;
  deliveries: number;
  bytesOut: number;
  connectionMinutes: number;
  peakConnections: number;
}

export interface UsagePoint {
  at: string;
  of: string;
  used: UsageFigures;
}

export interface UsageReport {
  from: string;
  to: string;
  step: string;
  by: string;
  points: UsagePoint[];
  total: UsageFigures;
}
