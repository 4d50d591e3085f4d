/** Where a person wanted to go before signing in: a page of the console, and nothing else. */
export function nextOf(next = ''): string {
  return /^\/console(\/(?!\/)[^\\]*)?$/.test(next) ? next : '/console';
}

/** The token of somebody who comes back from elsewhere and still needs a code. */
export function halfOf(hash: string): string | undefined {
  return /^second-step=([\w-]+)$/.exec(hash)?.[1];
}
