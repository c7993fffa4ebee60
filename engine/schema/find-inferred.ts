/** All relations that no constraint declares: generic ones first, then supposed foreign keys confirmed by values. */
import type { Database } from '../db/database.ts';
import type { MeasuredTable } from './assemble-tables.ts';
import { type LookOptions, lookAtAll } from './bounded-looks.ts';
import type { InferredReference, Table } from './catalog.ts';
import { findGeneric } from './find-generic.ts';
import { columnKey, foreignKeyCandidates } from './foreign-key-candidates.ts';
import { type Containment, judge, measureSql, surest } from './infer-foreign-keys.ts';
import { genericPairs } from './infer-generic.ts';
import { sampleClause } from './profile.sql.ts';
import { tableKey } from './table-key.ts';

const NO_VALUES: Containment = { looked: 0, found: 0, distinct: 0 };

export interface FoundInferred {
  readonly inferred: readonly InferredReference[];
  /** What could not be found out, by `tableKey`. */
  readonly notes: ReadonlyMap<string, readonly string[]>;
}

export async function findInferred(
  source: Database,
  measured: readonly MeasuredTable[],
  sampleRows: number,
  looks: LookOptions,
): Promise<FoundInferred> {
  const tables = measured.map((item) => item.table);
  const readable = new Set(measured.filter((item) => item.readable).map((item) => tableKey(item.table)));
  const sizes = new Map(measured.map((item) => [tableKey(item.table), sizeOf(item, sampleRows)]));
  const pairs = genericPairs(tables).filter((pair) => readable.has(tableKey(pair.table)));
  const { relations: generic, notes } = await findGeneric(source, pairs, tables, looks);
  const taken = new Set([
    ...tables.flatMap((table) =>
      table.foreignKeys.flatMap((key) => key.columns.map((name) => columnKey(table, name))),
    ),
    ...generic.flatMap(({ table, typeColumn, idColumn }) => [
      columnKey(table, typeColumn),
      columnKey(table, idColumn),
    ]),
  ]);
  const candidates = foreignKeyCandidates(tables, taken).filter((candidate) =>
    readable.has(tableKey(candidate.table)),
  );
  const looked = await lookAtAll(source, candidates, looks, async (session, candidate) => {
    const size = sizes.get(tableKey(candidate.table))!;
    if (size.pages === 0) return NO_VALUES;
    const [row] = await session.query<Containment>(
      measureSql(candidate, sampleClause(candidate.table, size)),
    );
    return row ?? null;
  });
  const declares = declaresReferences(
    tables,
    new Set(candidates.map((c) => columnKey(c.table, c.column.name))).size,
  );
  const judged = candidates.flatMap((candidate, i) => {
    const look = looked[i]!;
    return judge(candidate, 'value' in look ? look.value : null, declares) ?? [];
  });
  const ofColumn = Map.groupBy(judged, ({ table, column }) => columnKey(table, column));
  const foreignKeys = [...ofColumn.values()].flatMap((references) => surest(references) ?? []);
  const notesOf = Map.groupBy(notes, ({ table }) => tableKey(table));
  return {
    inferred: [...generic, ...foreignKeys],
    notes: new Map([...notesOf].map(([key, list]) => [key, list.map(({ note }) => note)])),
  };
}

/** Nine of ten references have a constraint, and there are enough to call it a habit. */
function declaresReferences(tables: readonly Table[], supposed: number): boolean {
  const declared = tables.reduce((sum, { foreignKeys }) => sum + foreignKeys.length, 0);
  return declared >= 20 && declared >= 9 * supposed;
}

function sizeOf(item: MeasuredTable, limit: number) {
  const { table, pages } = item;
  return { limit, rows: table.exactRows ?? table.estimatedRows ?? pages * 60, pages };
}
