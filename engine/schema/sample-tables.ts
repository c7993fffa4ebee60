/**
 * Looks at one bounded sample of every table. A table that cannot be looked at within its time, or holds a value that the
 * server will not print, is tried once more with a few rows from its start; after that it is a note and the analysis goes on.
 */
import type { Database } from '../db/database.ts';
import type { MeasuredTable } from './assemble-tables.ts';
import { type Look, type LookOptions, lookAtAll } from './bounded-looks.ts';
import type { Table } from './catalog.ts';
import type { SampleSize } from './profile.sql.ts';
import { profileTable, withProfiles } from './profile.ts';

type Profiles = Awaited<ReturnType<typeof profileTable>>;

const FEW_ROWS = 100;

export async function sampleTables(
  source: Database,
  wanted: readonly { readonly measured: MeasuredTable; readonly size: SampleSize }[],
  looks: LookOptions,
): Promise<readonly Table[]> {
  const look = (items: typeof wanted) =>
    lookAtAll(source, items, looks, (session, { measured: { table }, size }) =>
      profileTable(session, table, keyColumns(table), size),
    );
  const first = await look(wanted);
  const failed = wanted.filter((_, i) => 'note' in first[i]!);
  // Of the first pages, whatever lies there: `tablesample` would read the whole table again.
  const second = await look(
    failed.map(({ measured, size }) => ({ measured, size: { ...size, limit: FEW_ROWS, pages: 1 } })),
  );
  const again = new Map(failed.map(({ measured }, i) => [measured, second[i]!]));
  return wanted.map(({ measured }, i) => withLook(measured.table, first[i]!, again.get(measured)));
}

function withLook(table: Table, first: Look<Profiles>, second: Look<Profiles> | undefined): Table {
  if ('value' in first) return withProfiles(table, first.value);
  if (second && 'value' in second)
    return noted(
      withProfiles(table, second.value),
      `its values were looked at in ${FEW_ROWS} rows only: ${first.note}`,
    );
  return noted(table, `its values were not looked at: ${first.note}`);
}

function noted(table: Table, note: string): Table {
  return { ...table, notes: [...(table.notes ?? []), note] };
}

/** Columns whose values are keys, so that they are never taken for codes. */
function keyColumns(table: Table): ReadonlySet<string> {
  const single = [table.primaryKey, ...table.uniques].flatMap((key) =>
    key?.columns.length === 1 ? key.columns : [],
  );
  return new Set([...single, ...table.foreignKeys.flatMap((key) => key.columns)]);
}
