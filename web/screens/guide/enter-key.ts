/**
 * One message at a time, and none while the server is away: until one can be sent, Enter neither sends nor begins a line, so
 * that the draft stays as it was written.
 */
interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  /** The key belongs to a method of writing, not to the page. */
  readonly isComposing: boolean;
}

export function enterDoesNothing(
  { key, shiftKey, isComposing }: Key,
  { isRunning, operate }: { readonly isRunning: boolean; readonly operate: boolean },
): boolean {
  return key === 'Enter' && !shiftKey && !isComposing && (isRunning || !operate);
}
