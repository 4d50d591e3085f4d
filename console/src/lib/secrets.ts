/** Secrets of keys that were made in this tab, until it is closed, reloaded, or its account signs out. */
const kept = new Map<string, string>();

export function keepSecret(key: string, secret: string): void {
  kept.set(key, secret);
}

export function keptSecret(key: string): string | undefined {
  return kept.get(key);
}

export function forgetSecrets(): void {
  kept.clear();
}
