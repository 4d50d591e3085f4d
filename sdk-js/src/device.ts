/** Calls when the device comes online or its page to the front; browsers alone tell. */
export function watchDevice(wake: () => void): () => void {
  const { document } = globalThis as { readonly document?: Document }
  const seen = (): void => {
    if (document?.visibilityState === 'visible') wake()
  }
  // not there in Node and workers' oldest cousins
  const target = globalThis as Partial<Pick<typeof globalThis, 'addEventListener' | 'removeEventListener'>>
  target.addEventListener?.('online', wake)
  document?.addEventListener('visibilitychange', seen)
  return () => {
    target.removeEventListener?.('online', wake)
    document?.removeEventListener('visibilitychange', seen)
  }
}
