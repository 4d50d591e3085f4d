/** A typed text as a number. One that is none stays what it is, so that the server says at the field what it expects. */
export function numberOf(text: string): number {
  return /^\d+$/.test(text.trim()) ? Number(text) : (text as unknown as number);
}
