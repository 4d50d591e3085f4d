import { rt, showState, user } from '/common/page.js'
import { connect } from './peer.js'

const query = (selector) => document.querySelector(selector)
const call = rt.channel('call:demo')
const form = document.forms.say
const lines = query('ol')
const SIGNALS_MAX = 100
let camera
let current

// #region join
async function join() {
  camera = await navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 240 }, audio: true })
  query('video.mine').srcObject = camera
  await call.on('signal', ({ data }) => data.to === rt.state.member && hear(data)).ready
  // only now, so that nothing is missed that others say as soon as they see this member
  call.presence.subscribe(({ members, synced }) => synced && meet(members))
  await call.presence.enter()
}

/** The call is with the first other member. It outlives presence: without the server browsers talk on, and a cut is no farewell. */
function meet(members) {
  const me = rt.state.member
  const here = members.some(({ key }) => key === current?.key)
  if (here || current?.peer.connectionState === 'connected' || !members.some(({ key }) => key === me)) return
  hangUp()
  for (const key of heard.keys()) if (!members.some((each) => each.key === key)) heard.delete(key)
  const other = members.find(({ key }) => key !== me)
  if (!other) return
  current = { key: other.key, ...talk(me, other) }
  for (const data of heard.get(other.key) ?? []) current.hear(data)
  heard.delete(other.key)
}

/** By member: what was said before this window turned to it, as an offer may be here before presence tells of who made it. */
const heard = new Map()

function hear(data) {
  if (data.from === current?.key) current.hear(data)
  else heard.set(data.from, [...(heard.get(data.from) ?? []), data].slice(-SIGNALS_MAX))
}
// #endregion join

// #region talk
function talk(me, other) {
  const { peer, hear: take } = connect(call, me, other.key)
  for (const track of camera.getTracks()) peer.addTrack(track, camera)
  peer.ontrack = ({ streams: [stream] }) => (query('video.theirs').srcObject = stream)
  // the same number on both sides: neither has to wait for the other to open it
  const chat = peer.createDataChannel('chat', { negotiated: true, id: 0 })
  chat.onopen = () => show(`with ${other.clientId}`)
  chat.onmessage = ({ data }) => add(other.clientId, data)
  // the other side hung up, or its window was closed
  chat.onclose = () => {
    if (current?.chat === chat) hangUp()
    meet(call.presence.snapshot.members)
  }
  return { peer, chat, hear: take }
}
// #endregion talk

function hangUp() {
  const before = current
  current = undefined
  before?.peer.close()
  query('video.theirs').srcObject = null
  show('waiting for somebody')
}

function show(text) {
  query('output.call').value = text
  form.elements.text.disabled = !text.startsWith('with')
}

function add(who, text) {
  const line = document.createElement('li')
  line.textContent = `${who}: ${text}`
  lines.append(line)
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  const { text } = form.elements
  current?.chat.send(text.value) // from browser to browser
  add(user, text.value)
  text.value = ''
})
query('button.hang').addEventListener('click', async () => {
  hangUp()
  call.presence.leave()
  call.detach()
  for (const track of camera.getTracks()) track.stop()
  show('hung up')
})
showState()
join().catch((error) => show(`no call: ${error.message}`))
