/** The shell line that publishes to the channel; quoted when the shell would read it otherwise. */
export function publishLine(channel: string): string {
  return `./carillon publish ${quoted(channel === '' ? 'my-channel' : channel)} greeting '{"text":"hello"}'`;
}

/** What is wrong with a channel name, or undefined when it may be subscribed to here. */
export function channelProblem(name: string): string | undefined {
  if (!/^[A-Za-z0-9_\-=@,.;]{1,200}$/.test(name)) {
    return `channel: ${name === '' ? '(empty)' : name} (expected: 1 to 200 letters, digits or _ - = @ , . ;)`;
  }
  if (/^(private|presence)-/.test(name)) {
    return `channel: ${name} (expected: a public channel; others need a signature from your backend)`;
  }
  return undefined;
}

function quoted(text: string): string {
  return /^[A-Za-z0-9_\-=@,.]+$/.test(text) ? text : `'${text}'`;
}
