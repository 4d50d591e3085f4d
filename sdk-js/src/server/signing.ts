import { expectChannel, expectJsonObject, expectKey, expectMasterKey, expectSocketId } from './expected.js'
import { sign, utf8 } from './hmac.js'

/** What an application signs with. Keep it on the server. */
export interface Credentials {
  /** The key's public part. */
  readonly key: string
  /** What only your backends know. */
  readonly secret: string
  /** 32 random bytes that only your backends know; needed for encrypted channels alone. */
  readonly encryptionMasterKey?: Uint8Array | undefined
}

/** What to answer a client, as JSON with status 200. */
export interface ChannelAuth {
  /** `<key>:<signature>`, the signature as 64 lower-case hex digits. */
  readonly auth: string
  /** Only of an encrypted channel: Base64 of the key that its messages are sealed with. */
  readonly shared_secret?: string
}

/** What to answer a client, as JSON with status 200. */
export interface PresenceChannelAuth {
  /** `<key>:<signature>`, the signature as 64 lower-case hex digits. */
  readonly auth: string
  /** Exactly the text that was signed. */
  readonly channel_data: string
}

/** What to answer a client, as JSON with status 200. */
export interface UserAuth {
  /** `<key>:<signature>`, the signature as 64 lower-case hex digits. */
  readonly auth: string
  /** Exactly the text that was signed. */
  readonly user_data: string
}

/**
 * Lets a connection subscribe to a channel whose name begins with `private-`.
 *
 * Ask your own rules first: a signature lets the connection in. The socket id and the name usually
 * come from the client; what has not the protocol's form is refused, because otherwise a client
 * could choose the signed text freely. Answer a refusal with status 403.
 *
 * @param socketId the connection, `<digits>.<digits>`
 * @param channel up to 200 letters, digits and `_ - = @ , . ;`
 * @throws TypeError (as a rejection) when an argument has another form, or an encrypted channel
 * lacks the master key
 * @see https://pusher.com/docs/channels/library_auth_reference/auth-signatures/
 */
export async function signChannel(
  credentials: Credentials,
  socketId: string,
  channel: string,
): Promise<ChannelAuth> {
  const text = `${expectSocketId(socketId)}:${expectChannel('private-', channel)}`
  if (!channel.startsWith('private-encrypted-')) {
    return { auth: await authOf(credentials, text) }
  }
  const secret = await sharedSecret(expectMasterKey(credentials.encryptionMasterKey), channel)
  return { auth: await authOf(credentials, text), shared_secret: secret }
}

/**
 * Lets a connection subscribe to a channel whose name begins with `presence-`, as the member that
 * the data describes. Otherwise as {@link signChannel}.
 *
 * @param channelData JSON text of an object with `user_id` and, if you like, `user_info`; it is
 * signed and answered exactly as given, and only its braces are looked at
 */
export async function signPresenceChannel(
  credentials: Credentials,
  socketId: string,
  channel: string,
  channelData: string,
): Promise<PresenceChannelAuth> {
  const name = `${expectSocketId(socketId)}:${expectChannel('presence-', channel)}`
  const text = `${name}:${expectJsonObject('channelData', channelData)}`
  return { auth: await authOf(credentials, text), channel_data: channelData }
}

/**
 * Lets a connection sign in as the user that the data describes. Otherwise as {@link signChannel}.
 *
 * @param userData JSON text of an object with `id` and, if you like, `user_info` and `watchlist`;
 * it is signed and answered exactly as given, and only its braces are looked at
 */
export async function signUser(
  credentials: Credentials,
  socketId: string,
  userData: string,
): Promise<UserAuth> {
  const text = `${expectSocketId(socketId)}::user::${expectJsonObject('userData', userData)}`
  return { auth: await authOf(credentials, text), user_data: userData }
}

/**
 * The key that an encrypted channel's messages are sealed with, in Base64: the SHA-256 digest of
 * the channel's name and the master key.
 *
 * @param masterKey 32 bytes
 * @param channel a name that begins with `private-encrypted-`
 * @throws TypeError (as a rejection) when an argument has another form
 */
export async function sharedSecret(masterKey: Uint8Array, channel: string): Promise<string> {
  const name = utf8(expectChannel('private-encrypted-', channel))
  const bytes = new Uint8Array([...name, ...expectMasterKey(masterKey)])
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return btoa(String.fromCharCode(...digest))
}

async function authOf(credentials: Credentials, text: string): Promise<string> {
  return `${expectKey(credentials.key)}:${await sign(credentials.secret, text)}`
}
