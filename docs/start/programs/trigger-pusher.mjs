// #region trigger
import Pusher from 'pusher'

const { CARILLON_APP: appId, CARILLON_KEY: key, CARILLON_SECRET: secret, CARILLON_PORT: port = '8080' } = process.env
const pusher = new Pusher({ appId, key, secret, host: 'localhost', port, useTLS: false })
await pusher.trigger('my-channel', 'greeting', { text: 'hello from Node' })
// #endregion trigger
