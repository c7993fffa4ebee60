/** Tables with rows that would stay behind: one question for those of the old software, one for each other. */
import { outlinePlan } from '../../plan/outline.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import type { PlanQuestion } from '../../plan/questions.ts';
import type { Catalog, Table } from '../../schema/catalog.ts';
import { displayName, tableKey } from '../../schema/table-key.ts';
import type { Ask, SuggestedPlan } from './suggested-plan.ts';
import { count, someOf } from './words.ts';

type Changes = PlanQuestion['choices'][number]['changes'];
type Excluded = PlanFile['excluded'][number];

export function askAboutTables({ catalog, outline }: SuggestedPlan, ask: Ask): void {
  const tables = new Map(catalog.tables.map((table) => [tableKey(table), table]));
  const left = outline.excluded.flatMap((item) => {
    const table = tables.get(tableKey({ schema: item.schema, name: item.table }));
    return table && holdsRows(table) ? [{ item, table }] : [];
  });
  const own = left.filter(({ table }) => table.housekeeping !== null);
  if (own.length === 0) return;
  const order = levelOrder(
    catalog,
    own.map(({ table }) => table),
  );
  const sorted = [...own].sort((a, b) => order(a.table) - order(b.table));
  const rows = own.reduce((sum, { table }) => sum + (rowsOf(table) ?? 0), 0);
  const names = [...own]
    .sort((a, b) => (rowsOf(b.table) ?? 0) - (rowsOf(a.table) ?? 0))
    .map(({ table }) => displayName(table));
  ask({
    about: own.length === 1 ? { table: { schema: own[0]!.item.schema, table: own[0]!.item.table } } : {},
    text: `${count(own.length, 'table')} of the old software itself would stay behind, with about ${count(rows, 'record')}: ${someOf(names)}. May ${own.length === 1 ? 'it' : 'they'} stay behind?`,
    why: 'They hold what the old program kept for itself, such as sessions, permissions and its own history. The new system has its own. The plan gives the reason for each under excluded.',
    required: true,
    choices: [
      {
        text: own.length === 1 ? 'Yes, it stays behind' : 'Yes, they stay behind',
        changes: [...sorted].reverse().map(({ item }) => leaveOut(item)),
      },
      {
        text: own.length === 1 ? 'No, it moves too' : 'No, all of them move too',
        changes: sorted.map(({ item }) => takeIn(item)),
      },
    ],
    recommended: 0,
  });
}

function leaveOut({ schema, table, reason }: Excluded): Changes[number] {
  return { kind: 'leave-out-table', schema, table, reason };
}

function takeIn({ schema, table }: Excluded): Changes[number] {
  return { kind: 'take-in-table', schema, table };
}

/** Never counted counts as holding some. */
function holdsRows(table: Table): boolean {
  return (
    (table.kind === 'table' || table.kind === 'partitioned') &&
    table.columns.length > 0 &&
    rowsOf(table) !== 0
  );
}

function rowsOf({ exactRows, estimatedRows }: Table): number | null {
  const rows = exactRows ?? estimatedRows;
  return rows === null ? null : Math.max(0, Math.round(rows));
}

/** What others point at is taken in before them. */
function levelOrder(catalog: Catalog, tables: readonly Table[]): (table: Table) => number {
  const keys = new Set(tables.map(tableKey));
  const { entities } = outlinePlan({
    ...catalog,
    tables: catalog.tables.map((table) =>
      keys.has(tableKey(table)) ? { ...table, housekeeping: null } : table,
    ),
  });
  const levels = new Map(entities.map(({ table, level }) => [tableKey(table), level]));
  return (table) => levels.get(tableKey(table)) ?? 0;
}
