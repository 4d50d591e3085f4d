import type { KeyProgram } from '../api/types';

/** How a program speaks to the server. */
export const protocolWords: Record<KeyProgram['protocol'], string> = {
  rest: 'REST, signed',
  pusher: 'Pusher',
  'pusher-http': 'Pusher over HTTP',
  carillon: 'Carillon',
  sse: 'event stream',
  poll: 'long polling',
};
