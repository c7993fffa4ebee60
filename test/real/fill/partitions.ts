/** Values that lead a row into one of a table's partitions, read from their bounds. */
import { createRandom, type Random } from './random.ts';

export function partitionValues(
  key: string,
  bounds: readonly string[],
  number: number,
  _random: Random = createRandom(0),
): Record<string, string> {
  const [, kind, list] = /^(RANGE|LIST|HASH) \((.*)\)$/.exec(key) ?? [];
  const columns = (list ?? '').split(', ').map((name) => name.replaceAll('"', ''));
  const places = bounds.map((bound) => placeIn(bound)).filter((values) => values !== null);
  const place = places[number % places.length];
  if (kind === 'HASH' || place === undefined) return {};
  return Object.fromEntries(place.slice(0, columns.length).map((value, i) => [columns[i]!, value]));
}

/** The lower bound, which belongs to the partition, or the first word of its list; null where there is none. */
function placeIn(bound: string): string[] | null {
  const [, from] = /FROM \((.*?)\) TO/.exec(bound) ?? /IN \((.*?)\)/.exec(bound) ?? [];
  if (from === undefined || /MINVALUE|NULL/.test(from)) return null;
  return [...from.matchAll(/'((?:[^']|'')*)'|(-?[\d.]+)/g)].map(
    ([, text, n]) => text?.replaceAll("''", "'") ?? n!,
  );
}
