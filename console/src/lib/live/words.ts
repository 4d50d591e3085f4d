import type { ChannelState, ConnectionState } from '@carillon/client';

export interface Said {
  tone: 'good' | 'waiting' | 'bad';
  text: string;
}

export function connectionSaid(connection: ConnectionState): Said {
  switch (connection.state) {
    case 'connected':
      return { tone: 'good', text: 'Connected' };
    case 'connecting':
      return { tone: 'waiting', text: 'Connecting …' };
    case 'waiting':
      return { tone: 'bad', text: `Not connected, trying again: ${connection.reason.message}` };
    case 'failed':
      return { tone: 'bad', text: `Refused: ${connection.reason.message}` };
    default:
      return { tone: 'waiting', text: 'Not connected' };
  }
}

export function channelSaid(channel: ChannelState): Said {
  switch (channel.state) {
    case 'live':
      return { tone: 'good', text: 'live' };
    case 'joining':
      return { tone: 'waiting', text: 'joining …' };
    case 'failed':
      return { tone: 'bad', text: channel.reason.message };
    case 'off':
      return { tone: 'waiting', text: 'off' };
  }
}
