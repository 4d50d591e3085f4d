import { expectBody } from './expected.js'
import { matches, utf8 } from './hmac.js'

/**
 * Whether a webhook comes from Carillon; takes the same time wherever a wrong signature differs.
 * Answer what fails with status 401, and do not read it. The header `X-Pusher-Key` names the key
 * whose secret signed.
 *
 * @param secret of that key
 * @param body what arrived, before anything parsed it
 * @param signature the header `X-Pusher-Signature`, or nothing when there is none
 * @throws TypeError (as a rejection) when the secret is empty, or the body is neither text nor bytes
 * @see https://pusher.com/docs/channels/server_api/webhooks/
 */
export async function verifyWebhook(
  secret: string,
  body: string | Uint8Array,
  signature: string | null | undefined,
): Promise<boolean> {
  const arrived = expectBody(body)
  const bytes = typeof arrived === 'string' ? utf8(arrived) : new Uint8Array(arrived)
  return matches(secret, bytes, signature ?? '')
}
