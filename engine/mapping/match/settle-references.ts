/**
 * References of matched tables that agree with where the parents go. A foreign key of the target that asks for another table
 * than the one which the parents of the entity fill cannot be met by their ids, whatever the column is called: such a pair is
 * none. What then lacks a required column cannot be filled, and its own children are looked at again, until nothing changes.
 */
import { transformsOf } from '../../plan/transforms.ts';
import type { Table } from '../../schema/catalog.ts';
import { displayName, tableKey } from '../../schema/table-key.ts';
import type { ColumnMatch } from './match-columns.ts';
import { isRequired, type TableMatch } from './match-tables.ts';

export function settleReferences(found: ReadonlyMap<string, TableMatch>): Map<string, TableMatch> {
  const now = new Map(found);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, match] of now) {
      const fitting = match.matches.filter((pair) => leadsThere(pair, match.table, now));
      if (fitting.length === match.matches.length) continue;
      changed = true;
      const lost = match.matches.filter((pair) => !fitting.includes(pair)).map((pair) => pair.suggested);
      now.set(name, { ...match, matches: fitting, homeless: [...match.homeless, ...lost] });
    }
  }
  return now;
}

/** Why a matched table cannot take the rows. */
export function cannotFill({ entity, matches, table }: TableMatch): string | null {
  const names = new Set(matches.map(({ target }) => target.name));
  for (const column of table.columns) {
    if (!isRequired(column) || column.name === 'id' || names.has(column.name)) continue;
    const key = table.foreignKeys.find(({ columns }) => columns.includes(column.name));
    if (key)
      return `every row there must name its ${column.name}, a row of ${displayName(key.references)}, and nothing of ${entity.source.table} leads there`;
  }
  return null;
}

function leadsThere(
  { suggested, target }: ColumnMatch,
  table: Table,
  matches: ReadonlyMap<string, TableMatch>,
): boolean {
  const [first] = transformsOf(suggested);
  if (first!.kind !== 'reference') return true;
  const parent = matches.get(first!.entity);
  const filled = parent && cannotFill(parent) === null ? tableKey(parent.table) : null;
  return table.foreignKeys.every((key) => {
    const at = key.columns.indexOf(target.name);
    return at < 0 || (tableKey(key.references) === filled && key.references.columns[at] === 'id');
  });
}
