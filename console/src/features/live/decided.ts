import type { DecidedBy } from '../../lib/api/types';

/** The one thing that decided, in a sentence. */
export function decidedWords({ type, pattern = '', lacking = [], least, name = '' }: DecidedBy): string {
  switch (type) {
    case 'capability':
      return `by the capability for ${pattern}.`;
    case 'own-channel':
      return 'it is the channel of that user.';
    case 'key-secret':
      return `whoever has the secret of ${name === '' ? 'a key' : name} may.`;
    case 'open-channel':
      return 'it is open to everybody who has a key.';
    case 'no-capability':
      return lacking.length === 0
        ? 'no capability of the token is for this channel.'
        : `the capabilities for this channel (${lacking.join(', ')}) lack it.`;
    case 'server-channel':
      return 'it is a channel of the server itself.';
    case 'key-alone':
      return 'the key alone is not enough; a token or a signature is needed.';
    case 'channel-rule':
      return name === '' ? `the rule ${pattern} asks for at least ${least ?? 'something else'}.` : `the rule ${pattern} switches ${name} off.`;
    case 'channel-kind':
      return `channels that begin with ${name === '' ? 'this prefix' : name} do not have it.`;
    case 'app-setting':
      return `the app’s setting ${name} is off.`;
    case 'token':
      return `the token counts for nothing (${name}).`;
    default:
      return `${type} ${pattern}${name}.`;
  }
}
