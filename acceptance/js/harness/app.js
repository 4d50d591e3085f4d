import Pusher from 'pusher-js';
import Backend from 'pusher';

let names = 0;

/** An application with its secret: its backend, and clients that its backend authorises. */
export class App {
  #clients = [];

  constructor(id) {
    this.id = String(id);
    this.key = `key-${id}`;
    this.secret = `secret-${id}`;
  }

  /** As `CARILLON_BOOTSTRAP_APPS` wants it. */
  get bootstrap() {
    return `${this.id}:${this.key}:${this.secret}`;
  }

  /** Lives on this server from now on. */
  on(server) {
    this.server = server;
    this.backend = new Backend({
      appId: this.id,
      key: this.key,
      secret: this.secret,
      host: 'localhost',
      port: String(server.port),
      useTLS: false,
      encryptionMasterKeyBase64: Buffer.alloc(32, 7).toString('base64'),
    });
    return this;
  }

  /** A channel name that no other test uses. */
  name(prefix = '') {
    names += 1;
    return `${prefix}channel-${names}`;
  }

  /** Where clients connect. */
  get place() {
    return {
      cluster: '',
      forceTLS: false,
      wsHost: 'localhost',
      wsPort: this.server.port,
      httpHost: 'localhost',
      httpPort: this.server.port,
      enabledTransports: ['ws'],
    };
  }

  /** A client of this user; the backend authorises it for every channel. */
  client(userId = 'ann', options = {}, watchlist = undefined) {
    const client = new Pusher(options.key ?? this.key, {
      ...this.place,
      channelAuthorization: {
        customHandler: ({ socketId, channelName }, callback) =>
          callback(null, this.authorize(socketId, channelName, userId)),
      },
      userAuthentication: {
        customHandler: ({ socketId }, callback) =>
          callback(null, this.backend.authenticateUser(socketId, { id: userId, watchlist })),
      },
      ...options,
    });
    this.#clients.push(client);
    return client;
  }

  authorize(socketId, channel, userId) {
    const member = { user_id: userId, user_info: { name: userId } };
    return this.backend.authorizeChannel(socketId, channel, channel.startsWith('presence-') ? member : undefined);
  }

  disconnect() {
    this.#clients.splice(0).forEach((client) => client.disconnect());
  }
}
