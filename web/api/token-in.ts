/** People paste the whole address that they were given as often as the token at its end. */
export function tokenIn(pasted: string): string {
  const text = pasted.trim();
  const [, query] = /\?(.*)$/s.exec(text) ?? [];
  return (query === undefined ? null : new URLSearchParams(query.split('#')[0]).get('token')) ?? text;
}
