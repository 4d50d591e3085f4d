// The forms that the protocol gives to what is signed. None can hold what separates the parts of a
// signed text, so a signature never fits a second purpose. Types are checked as well, because the
// values come from requests.

/** The documentation says 164, the server libraries allow 200. */
const MAX_CHANNEL_LENGTH = 200
const MAX_SOCKET_ID_LENGTH = 64
const MASTER_KEY_LENGTH = 32
const SHOWN_LENGTH = 40

/** The longest first, since `private-encrypted-` begins with `private-`. */
const PREFIXES = [
  'private-encrypted-cache-',
  'private-encrypted-',
  'private-cache-',
  'private-',
  'presence-cache-',
  'presence-',
]

export type Prefix = 'private-' | 'private-encrypted-' | 'presence-'

export function expectKey(key: string): string {
  return check(isText(key) && /^[^:]+$/.test(key), 'key', key, 'characters other than :')
}

/** The value stays out of the message, whatever it is. */
export function expectSecret(secret: string): string {
  if (!isText(secret) || secret === '') {
    throw new TypeError('secret: (expected: a string of at least one character)')
  }
  return secret
}

export function expectSocketId(socketId: string): string {
  const fine =
    isText(socketId) && socketId.length <= MAX_SOCKET_ID_LENGTH && /^[0-9]+\.[0-9]+$/.test(socketId)
  return check(fine, 'socketId', socketId, '<digits>.<digits>')
}

export function expectChannel(prefix: Prefix, channel: string): string {
  const fine =
    isText(channel) &&
    channel.startsWith(prefix) &&
    channel.length <= MAX_CHANNEL_LENGTH &&
    channel.length > (PREFIXES.find((each) => channel.startsWith(each)) ?? '').length &&
    /^[A-Za-z0-9_\-=@,.;]+$/.test(channel)
  return check(
    fine,
    'channel',
    channel,
    `${prefix} and then 1 or more of A-Z a-z 0-9 _ - = @ , . ; up to 200 in all`,
  )
}

/** Only the braces are looked at: what is inside is the server's to judge. */
export function expectJsonObject(name: string, text: string): string {
  const trimmed = isText(text) ? text.trim() : ''
  // a lone surrogate has no bytes to sign
  const fine = trimmed.startsWith('{') && trimmed.endsWith('}') && !/\p{Surrogate}/u.test(trimmed)
  return check(fine, name, text, 'a JSON object, as text')
}

/** A body that was parsed already is told apart from one that was forged. */
export function expectBody(body: string | Uint8Array): string | Uint8Array {
  if (!isText(body) && !(body instanceof Uint8Array)) {
    throw new TypeError(`body: ${typeof body} (expected: text or bytes, as they arrived)`)
  }
  return body
}

export function expectMasterKey(masterKey: Uint8Array | undefined): Uint8Array {
  if (!(masterKey instanceof Uint8Array) || masterKey.byteLength !== MASTER_KEY_LENGTH) {
    const found = masterKey instanceof Uint8Array ? `${masterKey.byteLength} bytes` : typeof masterKey
    throw new TypeError(`encryptionMasterKey: ${found} (expected: ${MASTER_KEY_LENGTH} bytes)`)
  }
  return masterKey
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function check(fine: boolean, name: string, value: unknown, expected: string): string {
  if (!fine || !isText(value)) {
    const shown = isText(value) ? JSON.stringify(abbreviated(value)) : typeof value
    throw new TypeError(`${name}: ${shown} (expected: ${expected})`)
  }
  return value
}

function abbreviated(text: string): string {
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…`
}
