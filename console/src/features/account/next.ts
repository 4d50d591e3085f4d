/** Where a person wanted to go before signing in: a page of the console, and nothing else. */
export function nextOf(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '';
  return /^\/console(\/(?!\/)[^\\]*)?$/.test(next) ? next : '/console';
}

/** The token of a mailed link, which stands behind the `#`. */
export function tokenOf(hash: string): string {
  return hash.replace(/^#/, '');
}

/** The token of somebody who comes back from elsewhere and still needs a code. */
export function halfOf(hash: string): string | undefined {
  return /^#second-step=([\w-]+)$/.exec(hash)?.[1];
}
