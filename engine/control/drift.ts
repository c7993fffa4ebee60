/** How a target's control schema differs from the committed manifest: somebody changed it by hand. */
import { type Manifest, type RelationShape, readManifest } from './manifest.ts';
import type { Queryable } from './queryable.ts';
import manifest from './schema.generated.json' with { type: 'json' };

/** Sentences, one a difference. Extra objects count too: an index or a check of somebody else's slows or stops a load. */
export async function findDrift(on: Queryable, expected: Manifest = manifest): Promise<string[]> {
  const actual = await readManifest(on);
  const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
  return names.flatMap((name) => {
    const [wanted, found] = [expected[name], actual[name]];
    if (!found) return [`towpath.${name} is missing.`];
    return wanted ? compare(`towpath.${name}`, wanted, found) : [`towpath.${name} is not one of Towpath's.`];
  });
}

function compare(name: string, wanted: RelationShape, found: RelationShape): string[] {
  const indexes = (list: readonly string[]) =>
    Object.fromEntries(list.map((definition) => [definition, definition]));
  return [
    ...compareEntries(`column of ${name}`, wanted.columns, found.columns),
    ...compareEntries(`constraint of ${name}`, wanted.constraints, found.constraints),
    ...compareEntries(`index of ${name}`, indexes(wanted.indexes), indexes(found.indexes)),
  ];
}

type Entries = Readonly<Record<string, string>>;

function compareEntries(what: string, wanted: Entries, found: Entries): string[] {
  const keys = [...new Set([...Object.keys(wanted), ...Object.keys(found)])];
  return keys.flatMap((key) => {
    if (wanted[key] === found[key]) return [];
    if (found[key] === undefined) return [`The ${what} ${key} is missing.`];
    if (wanted[key] === undefined) return [`The ${what} ${key} is not one of Towpath's.`];
    return [`The ${what} ${key} is "${found[key]}" instead of "${wanted[key]}".`];
  });
}
