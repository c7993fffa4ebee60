/**
 * Where news stand in a conversation: before the first message that was said later. What a person has just typed has no time
 * yet; it was said with the message that answers it, and with none yet, now.
 */

/** `times` of the messages, in their order; null: not known yet. Of each news the index it stands before: the length is the end. */
export function newsPlaces(times: readonly (string | null)[], news: readonly { at: string }[]): number[] {
  const saidAt: number[] = [];
  let next = Number.POSITIVE_INFINITY;
  for (const at of times.toReversed()) {
    if (at !== null) next = Date.parse(at);
    saidAt.unshift(next);
  }
  return news.map(({ at }) => {
    const later = saidAt.findIndex((said) => said > Date.parse(at));
    return later === -1 ? times.length : later;
  });
}
