/** Where a person wanted to go before signing in: a page of the console, and nothing else. */
export function nextOf(next = ''): string {
  const page = next.split(/[?#]/, 1)[0] ?? '';
  const isPage = /^\/console(\/(?!\/)[^\\]*)?$/.test(next) && !page.includes('//');
  // as a browser reads it: dots, coded or not, lead nowhere else
  return isPage && new URL(next, 'https://console.invalid').pathname === page ? next : '/console';
}

/** The token of somebody who comes back from elsewhere and still needs a code. */
export function halfOf(hash: string): string | undefined {
  return /^second-step=([\w-]+)$/.exec(hash)?.[1];
}
