import { expectSecret } from './expected.js'

const ALGORITHM = { name: 'HMAC', hash: 'SHA-256' }

/** The signature of the text's UTF-8 bytes, as 64 lower-case hex digits. */
export async function sign(secret: string, text: string): Promise<string> {
  const key = await importKey(secret, 'sign')
  const signature = new Uint8Array(await crypto.subtle.sign(ALGORITHM, key, utf8(text)))
  return Array.from(signature, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Web Crypto compares in a time that does not depend on where the signatures differ. */
export async function matches(
  secret: string,
  message: Uint8Array<ArrayBuffer>,
  signature: string,
): Promise<boolean> {
  const key = await importKey(secret, 'verify')
  const pairs = /^[0-9a-f]{64}$/.test(signature) ? (signature.match(/../g) ?? []) : []
  const bytes = Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))
  return crypto.subtle.verify(ALGORITHM, key, bytes, message)
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function importKey(secret: string, usage: 'sign' | 'verify'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', utf8(expectSecret(secret)), ALGORITHM, false, [usage])
}
