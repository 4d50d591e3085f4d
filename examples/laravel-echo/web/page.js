import Echo from '/echo.js'

const user = new URLSearchParams(location.search).get('user') || 'ann'
const meta = (name) => document.querySelector(`meta[name=${name}]`).content
const query = (selector) => document.querySelector(selector)

// #region echo
const { hostname, port, protocol } = new URL(meta('carillon'))
const echo = new Echo({
  broadcaster: 'pusher', // Echo takes the class from window.Pusher
  key: meta('key'),
  cluster: '', // it has to be there, and is not used
  wsHost: hostname,
  wsPort: port || 80,
  wssPort: port || 443,
  forceTLS: protocol === 'https:',
  enabledTransports: ['ws', 'wss'],
  authEndpoint: '/broadcasting/auth',
  bearerToken: user, // instead of the session that Laravel has
})
// #endregion echo

// #region listen
echo.channel('orders').listen('OrderShipped', (order) => tell('.orders', `Order ${order.number} was shipped by ${order.by}`))

echo.private(`users.${user}`).listen('ParcelOnItsWay', (order) => tell('.mine', `Order ${order.number} is on its way to you`))

let people = []
const room = echo
  .join('room.1')
  .here((all) => showPeople(all))
  .joining((one) => showPeople([...people, one]))
  .leaving((one) => showPeople(people.filter(({ id }) => id !== one.id)))
  .listenForWhisper('wave', ({ from }) => tell('.waves', `${from} waves`))
// #endregion listen

function showPeople(all) {
  people = all
  query('.people').textContent = all.map(({ name }) => name).sort().join(', ')
}

function tell(where, text) {
  const line = document.createElement('li')
  line.textContent = text
  query(`${where} ol`).prepend(line)
}

document.forms.ship.addEventListener('submit', async (event) => {
  event.preventDefault()
  // #region to-others
  const answer = await fetch('/orders', {
    method: 'POST',
    headers: { Authorization: `Bearer ${user}`, 'X-Socket-ID': echo.socketId() }, // so that toOthers leaves this window out
    body: new URLSearchParams(new FormData(event.target)),
  })
  // #endregion to-others
  const { number } = await answer.json()
  tell('.orders', `You shipped order ${number}`)
})
query('button.wave').addEventListener('click', () => {
  // #region whisper
  room.whisper('wave', { from: user }) // to the others in the room, without the backend
  // #endregion whisper
})

const state = query('output.state')
const showState = ({ current }) => {
  state.className = `state ${current}`
  state.value = current
}
echo.connector.pusher.connection.bind('state_change', showState)
showState({ current: echo.connector.pusher.connection.state })
