// #region listen
import Pusher from 'pusher-js'   // in Node; in the browser the same, from a script tag or a bundler

const pusher = new Pusher(process.env.CARILLON_KEY, {
  cluster: '', wsHost: 'localhost', wsPort: Number(process.env.CARILLON_PORT ?? 8080), forceTLS: false, enabledTransports: ['ws'],
})
const channel = pusher.subscribe('my-channel')
channel.bind('pusher:subscription_succeeded', () => console.log('listening'))
channel.bind('greeting', (data) => console.log(data.text))
// #endregion listen
