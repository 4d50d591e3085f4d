// What `/v1/console` sends and takes: the OpenAPI document's structures, which `npm run types` writes.
import type { CodeAsked, KeyChange as Changed, RuleRequest, Session, Tenant } from './schema';

export type * from './schema';

export type Role = Tenant['role'];
export type Standing = NonNullable<RuleRequest['publish']>;
/** What is done with readers that are too slow. */
export type SlowPolicy = NonNullable<RuleRequest['slow']>;
/** The answer to a password: who is signed in, or that a code is needed. */
export type Admission = Session | CodeAsked;
/** Operations by channel pattern. */
export type Capabilities = Readonly<Record<string, readonly string[]>>;

/** Null, which JSON Schema's types of this document do not have, takes the limit away. */
export type KeyChange = Omit<Changed, 'capabilities'> & { capabilities?: Capabilities | null };

