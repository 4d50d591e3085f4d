import Pusher, { type Channel } from 'pusher-js';

/** Where the connection stands, with what a person should know about it. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'connected'; socketId: string }
  | { state: 'unavailable' }
  | { state: 'refused'; reason: string };

/** One event as it arrived; `data` is text, objects are shown as JSON. */
export interface Arrival {
  channel: string;
  event: string;
  data: string;
}

/** Hears of changes until the connection is closed. */
export interface Listener {
  connection(connection: Connection): void;
  subscribed(channel: string): void;
  refused(channel: string, reason: string): void;
  arrived(arrival: Arrival): void;
}

/** The part of `window.location` that says where this very server is. */
export interface Place {
  protocol: string;
  hostname: string;
  port: string;
}

/** A connection to this very server by the unmodified pusher-js library. */
export class Realtime {
  private readonly pusher: Pusher;

  constructor(
    key: string,
    place: Place,
    private readonly listener: Listener,
  ) {
    const tls = place.protocol === 'https:';
    const port = place.port === '' ? (tls ? 443 : 80) : Number(place.port);
    this.pusher = new Pusher(key, {
      cluster: '',
      wsHost: place.hostname,
      wsPort: port,
      wssPort: port,
      httpHost: place.hostname,
      httpPort: port,
      httpsPort: port,
      forceTLS: tls,
      enabledTransports: ['ws', 'wss'],
    });
    this.pusher.connection.bind('state_change', ({ current }: { current: string }) => this.changed(current));
    this.pusher.connection.bind('error', (error: unknown) => this.failed(error));
    listener.connection({ state: 'connecting' });
  }

  /** Leaves the previous channel, if any, and joins this one. */
  subscribe(name: string): void {
    for (const channel of this.pusher.allChannels()) {
      channel.unbind();
      this.pusher.unsubscribe(channel.name);
    }
    const channel: Channel = this.pusher.subscribe(name);
    channel.bind_global((event: string, data: unknown) => this.received(name, event, data));
  }

  close(): void {
    this.pusher.connection.unbind();
    this.pusher.unbind_all();
    this.pusher.disconnect();
  }

  private received(channel: string, event: string, data: unknown): void {
    if (event === 'pusher:subscription_succeeded') {
      this.listener.subscribed(channel);
    } else if (event === 'pusher:subscription_error') {
      this.listener.refused(channel, textOf(data));
    } else if (!event.startsWith('pusher:') && !event.startsWith('pusher_internal:')) {
      this.listener.arrived({ channel, event, data: textOf(data) });
    }
  }

  private changed(state: string): void {
    if (state === 'connected') {
      this.listener.connection({ state: 'connected', socketId: this.pusher.connection.socket_id });
    } else if (state === 'unavailable' || state === 'failed') {
      this.listener.connection({ state: 'unavailable' });
    } else if (state === 'connecting') {
      this.listener.connection({ state: 'connecting' });
    }
  }

  private failed(error: unknown): void {
    const reason = refusalOf(error);
    if (reason !== undefined) {
      this.listener.connection({ state: 'refused', reason });
    }
  }
}

/** The text of an event's data. */
export function textOf(data: unknown): string {
  return typeof data === 'string' ? data : JSON.stringify(data) ?? '';
}

/** Why the server refused for good (codes 4000 to 4099), or undefined when the library will retry. */
export function refusalOf(error: unknown): string | undefined {
  const data = field(field(error, 'error') ?? error, 'data') ?? field(error, 'data');
  const code = field(data, 'code');
  const message = field(data, 'message');
  if (typeof code !== 'number' || code < 4000 || code > 4099) {
    return undefined;
  }
  return `${typeof message === 'string' && message !== '' ? message : 'refused'} (${code})`;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
