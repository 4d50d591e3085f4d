import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sharedSecret, signChannel, signPresenceChannel, signUser, verifyWebhook } from '@carillon/client/server'
import { vectors } from './vectors.js'

const { key, secret, refused } = vectors
const encryptionMasterKey = new Uint8Array(Buffer.from(vectors.encryptionMasterKey, 'base64'))
const credentials = { key, secret, encryptionMasterKey }
const socketId = '1234.1234'

function refusal(start: string, expected: string): (error: unknown) => boolean {
  return (error) =>
    error instanceof TypeError &&
    error.message.startsWith(start) &&
    error.message.includes(`(expected: ${expected}`) &&
    !error.message.includes(secret)
}

test('the vectors of private channels hold', async () => {
  for (const { socketId, channel, signature, answer } of vectors.channels) {
    const signed = await signChannel(credentials, socketId, channel)
    assert.deepEqual(signed, answer)
    assert.equal(signed.auth, `${key}:${signature}`)
  }
})

test('the vectors of presence channels hold', async () => {
  for (const { socketId, channel, channelData, answer } of vectors.presenceChannels) {
    assert.deepEqual(await signPresenceChannel(credentials, socketId, channel, channelData), answer)
  }
})

test('the vectors of users hold', async () => {
  for (const { socketId, userData, answer } of vectors.users) {
    assert.deepEqual(await signUser(credentials, socketId, userData), answer)
  }
})

test('the vectors of shared secrets hold', async () => {
  for (const { channel, answer } of vectors.channels.filter((each) => each.answer.shared_secret)) {
    assert.equal(await sharedSecret(encryptionMasterKey, channel), answer.shared_secret)
  }
})

test('the vectors of webhooks hold, and what differs is not believed', async () => {
  for (const { body, signature } of vectors.webhooks) {
    assert.equal(await verifyWebhook(secret, body, signature), true)
    assert.equal(await verifyWebhook(secret, Buffer.from(body), signature), true)
    assert.equal(await verifyWebhook(secret, `${body} `, signature), false)
    assert.equal(await verifyWebhook('other', body, signature), false)
    assert.equal(await verifyWebhook(secret, body, null), false)
    assert.equal(await verifyWebhook(secret, body, undefined), false)
    for (const wrong of refused.signatures) {
      assert.equal(await verifyWebhook(secret, body, wrong), false, wrong)
    }
  }
})

test('a socket id of another form is refused', async () => {
  for (const wrong of refused.socketIds) {
    const expected = refusal('socketId: "', '<digits>.<digits>)')
    await assert.rejects(signChannel(credentials, wrong, 'private-foobar'), expected, wrong)
    await assert.rejects(signPresenceChannel(credentials, wrong, 'presence-foobar', '{}'), expected, wrong)
    await assert.rejects(signUser(credentials, wrong, '{}'), expected, wrong)
  }
})

test('a channel of another kind or form is refused', async () => {
  for (const wrong of refused.channels) {
    await assert.rejects(signChannel(credentials, socketId, wrong), refusal('channel: "', 'private- '), wrong)
    await assert.rejects(sharedSecret(encryptionMasterKey, wrong), refusal('channel: "', 'private-encrypted- '), wrong)
  }
  for (const wrong of refused.presenceChannels) {
    const signed = signPresenceChannel(credentials, socketId, wrong, '{}')
    await assert.rejects(signed, refusal('channel: "', 'presence- '), wrong)
  }
  await assert.rejects(sharedSecret(encryptionMasterKey, 'private-foobar'), TypeError)
})

test('data that is no object is refused', async () => {
  for (const wrong of refused.data) {
    const channel = signPresenceChannel(credentials, socketId, 'presence-foobar', wrong)
    await assert.rejects(channel, refusal('channelData: "', 'a JSON object'), wrong)
    await assert.rejects(signUser(credentials, socketId, wrong), refusal('userData: "', 'a JSON object'), wrong)
  }
})

test('a value that is no text is refused, as a parser of forms may make one', async () => {
  const list = ['1234.1234'] as unknown as string
  await assert.rejects(signChannel(credentials, list, 'private-foobar'), refusal('socketId: object', '<digits>'))
  await assert.rejects(signChannel(credentials, socketId, ['private-a'] as unknown as string), refusal('channel: object', ''))
  await assert.rejects(signUser(credentials, socketId, { id: '1' } as unknown as string), refusal('userData: object', ''))
})

test('a webhook that was parsed before it was verified is refused, not called forged', async () => {
  const parsed = { events: [] } as unknown as string
  await assert.rejects(verifyWebhook(secret, parsed, refused.signatures[0]), refusal('body: object', 'text or bytes'))
})

test('a channel of the longest name is signed', async () => {
  const { auth } = await signChannel(credentials, socketId, `private-${'a'.repeat(192)}`)
  assert.match(auth, /:[0-9a-f]{64}$/)
})

test('an encrypted channel needs a master key of 32 bytes', async () => {
  const expected = 'encryptionMasterKey: undefined (expected: 32 bytes)'
  await assert.rejects(signChannel({ key, secret }, socketId, 'private-encrypted-a'), { message: expected })
  await assert.rejects(sharedSecret(new Uint8Array(31), 'private-encrypted-a'), {
    message: 'encryptionMasterKey: 31 bytes (expected: 32 bytes)',
  })
})

test('key and secret are needed', async () => {
  await assert.rejects(signChannel({ key: '', secret }, socketId, 'private-a'), TypeError)
  await assert.rejects(signChannel({ key: 'a:b', secret }, socketId, 'private-a'), TypeError)
  await assert.rejects(signChannel({ key, secret: '' }, socketId, 'private-a'), TypeError)
  await assert.rejects(verifyWebhook('', '', ''), TypeError)
})
