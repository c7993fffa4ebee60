/** Words that changes of a plan are told in. */
export function joinNames(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** ` With it go the index a and the check b.` */
export function goneWithIt(things: readonly string[]): string {
  return things.length === 0 ? '' : ` With it ${things.length === 1 ? 'goes' : 'go'} ${joinNames(things)}.`;
}
