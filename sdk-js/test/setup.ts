import { Carillon, type ClientOptions } from '@carillon/client'
import { TestServer, type TestServerOptions } from '@carillon/client/testing'

export type Extra = Partial<Omit<ClientOptions, 'getToken' | 'key'>> & {
  readonly getToken?: (request: { readonly reason: string }) => string | Promise<string>
}

/** A client of a server in memory; with a token that allows everything. */
export function pair(extra: Extra = {}, settings: TestServerOptions = {}) {
  const server = new TestServer(settings)
  const { getToken, ...rest } = extra
  const credentials = { getToken: getToken ?? (() => 'allows everything') }
  const client = new Carillon('https://rt.example.com', { ...server.options, ...credentials, ...rest })
  return { server, client }
}

/** What was collected of anything that calls back. */
export function collect<T>(listen: (listener: (value: T) => void) => unknown): T[] {
  const seen: T[] = []
  listen((value) => seen.push(value))
  return seen
}

/** A token whose claims say when it was issued and when it ends, in seconds; nobody checks its signature. */
export function jwt(iat: number, exp: number, sub = 'ann'): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256', kid: 'key-1' })}.${part({ sub, iat, exp })}.c2ln`
}

/** The kind of error that a promise is rejected with. */
export async function kindOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'nothing',
    (error: { kind: string }) => error.kind,
  )
}
