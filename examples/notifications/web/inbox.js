import { Carillon } from '@carillon/client'

const query = (selector) => document.querySelector(selector)
const post = (path, fields = {}) => fetch(path, { method: 'POST', body: new URLSearchParams(fields) })
const { signin, notify } = document.forms
const PAGE = 50
const TOAST_MILLIS = 6_000

// #region client
const rt = new Carillon(query('meta[name=carillon]').content, {
  getToken: async () => {
    const answer = await post('/token')
    if (!answer.ok) throw new Error(`no token: ${answer.status}`)
    return answer.text()
  },
})
// #endregion client

// #region fold
/** Everything on the channel so far, the oldest first: notifications, and how far they were read. */
let events = []

/** What the list shows, the newest first. Positions say what was read: no field of a message has to change. */
function inbox() {
  const read = events.findLast(({ name }) => name === 'read')?.data
  const after = (m) => !read || m.epoch > read.epoch || (m.epoch === read.epoch && m.offset > read.offset)
  return events.filter(({ name }) => name === 'notification').map((m) => ({ ...m, unread: after(m) })).reverse()
}
// #endregion fold

// #region open
async function open(user) {
  const channel = rt.channel(`user:${user}`)
  channel.on('*', (m) => {
    events = [...events, m].slice(-PAGE)
    show()
  })
  channel.on('notification', (m) => toast(m.data)) // what comes now, and what was missed without a network
  const load = async () => {
    const { value } = await channel.history({ untilAttach: true, limit: PAGE }).next() // joins what is live without a hole
    events = [...[...value.items].reverse(), ...events].slice(-PAGE)
    show()
  }
  channel.on('gap', () => ((events = []), load()))
  await load()
}
// #endregion open

function show() {
  const list = inbox()
  const unread = list.filter((m) => m.unread).length
  document.title = unread > 0 ? `(${unread}) Notifications` : 'Notifications'
  query('.badge').hidden = unread === 0
  query('.badge').textContent = unread
  query('.bell').setAttribute('aria-label', `Notifications, ${unread} unread`)
  query('ol').replaceChildren(...list.map(row))
}

function row({ data, timestamp, unread }) {
  const item = document.createElement('li')
  item.className = unread ? 'unread' : ''
  const time = document.createElement('time')
  time.textContent = new Date(timestamp).toLocaleTimeString([], { timeStyle: 'short' })
  item.append(`${data.from}: ${data.text}`, time)
  return item
}

function toast({ from, text }) {
  const note = document.createElement('p')
  note.textContent = `${from}: ${text}`
  query('.toasts').append(note)
  setTimeout(() => note.remove(), TOAST_MILLIS)
}

// #region read
query('.read').addEventListener('click', () => {
  const newest = inbox()[0]
  if (newest) post('/read', { epoch: newest.epoch, offset: newest.offset }) // comes back to all devices as a message
})
// #endregion read

query('.bell').addEventListener('click', () => {
  query('#list').hidden = !query('#list').hidden
  query('.bell').setAttribute('aria-expanded', String(!query('#list').hidden))
})
notify.addEventListener('submit', async (event) => {
  event.preventDefault()
  const said = new FormData(notify)
  const { text } = notify.elements
  text.value = '' // at once: who is quick types the next one meanwhile
  const answer = await post('/notify', said)
  notify.querySelector('output').value = await answer.text()
  if (!answer.ok) text.value ||= said.get('text')
})
signin.addEventListener('submit', async (event) => {
  event.preventDefault()
  if ((await post('/sign-in', new FormData(signin))).ok) start()
})

/** With the session's cookie the token says who it is; without one the form asks. */
async function start() {
  const answer = await post('/token')
  if (!answer.ok) return
  const { sub: user } = JSON.parse(atob((await answer.text()).split('.')[1].replace(/-/g, '+').replace(/_/g, '/')))
  signin.hidden = true
  notify.hidden = query('.bell').hidden = false
  query('.people').textContent = user
  rt.on('state', ({ state }) => {
    query('.state').className = `state ${state}`
    query('.state').textContent = state
  })
  await open(user)
}
await start()
