/** What somebody may do on channels. */
export type Operation =
  | 'subscribe'
  | 'publish'
  | 'history'
  | 'presence'
  | 'message-update-own'
  | 'message-update-any'

/** Who a connection is. Immutable. */
export interface Identity {
  readonly clientId?: string
  may(operation: Operation, channel: string): boolean
}

interface Claims {
  readonly sub?: string
  readonly exp?: number
  readonly cap?: { readonly [pattern: string]: readonly Operation[] }
}

/** 2.5. */
export const ofKey: Identity = {
  may: (operation, channel) =>
    (operation === 'subscribe' || operation === 'history') &&
    (/^(private-|presence-|#)/.test(channel) ? channel.startsWith('cache-') : true),
}

/**
 * A token's rights: those of its claims, where it is a JWT; its signature is not looked at. Any other text
 * is a token that allows everything.
 *
 * @returns undefined for a JWT without the claims that it must have
 */
export function ofToken(token: string, clientId: string | undefined): Identity | undefined {
  const parts = token.split('.')
  const claims = parts.length === 3 ? claimsOf(parts[1] ?? '') : undefined
  const sub = clientId ?? claims?.sub
  const who = sub === undefined ? {} : { clientId: sub }
  if (!claims) return { ...who, may: () => true }
  if (claims.exp === undefined) return undefined
  const rules = claims.cap && Object.entries(claims.cap).map(([pattern, may]) => [matcher(pattern), may] as const)
  return {
    ...who,
    may: (operation, channel) =>
      !rules || rules.some(([pattern, may]) => may.includes(operation) && pattern.test(channel)),
  }
}

function claimsOf(part: string): Claims | undefined {
  try {
    return JSON.parse(atob(part.replace(/-/g, '+').replace(/_/g, '/'))) as Claims
  } catch {
    return undefined
  }
}

/** `*` is any run without `:`; a last segment of `*` is all that follows. */
function matcher(pattern: string): RegExp {
  const text = pattern.replace(/[.\\^$+?()[\]{}|]/g, '\\$&')
  const open = text.replace(/(^|:)\*$/, '$1.+')
  return new RegExp(`^${open.replace(/\*/g, '[^:]*')}$`)
}
