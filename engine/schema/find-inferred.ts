/** All relations that no constraint declares: generic ones first, then supposed foreign keys confirmed by values. */
import type { Database } from '../db/database.ts';
import type { MeasuredTable } from './assemble-tables.ts';
import { type LookOptions, lookAtAll } from './bounded-looks.ts';
import type { InferredReference, Table } from './catalog.ts';
import { contentTypesSql, typesUsedSql } from './content-types.sql.ts';
import { columnKey, foreignKeyCandidates } from './foreign-key-candidates.ts';
import { type Containment, judge, measureSql } from './infer-foreign-keys.ts';
import {
  type ContentType,
  contentTypeTable,
  type GenericPair,
  genericPairs,
  genericReference,
} from './infer-generic.ts';
import { ownRowsSql } from './own-rows.sql.ts';
import { sampleClause } from './profile.sql.ts';
import { tableKey } from './table-key.ts';

/** Up to this many rows the types in use are read from all rows, since one unseen type would set its rows aside. */
const WHOLE_BELOW = 5_000_000;

export async function findInferred(
  source: Database,
  measured: readonly MeasuredTable[],
  sampleRows: number,
  looks: LookOptions,
): Promise<InferredReference[]> {
  const tables = measured.map((item) => item.table);
  const readable = new Set(measured.filter((item) => item.readable).map((item) => tableKey(item.table)));
  const sizes = new Map(measured.map((item) => [tableKey(item.table), sizeOf(item, sampleRows)]));
  const pairs = genericPairs(tables).filter((pair) => readable.has(tableKey(pair.table)));
  const generic = await findGeneric(source, pairs, tables, looks);
  const taken = new Set([
    ...tables.flatMap((table) =>
      table.foreignKeys.flatMap((key) => key.columns.map((name) => columnKey(table, name))),
    ),
    ...pairs.flatMap((pair) => [
      columnKey(pair.table, pair.typeColumn),
      columnKey(pair.table, pair.idColumn),
    ]),
  ]);
  const candidates = foreignKeyCandidates(tables, taken).filter((candidate) =>
    readable.has(tableKey(candidate.table)),
  );
  const measuredValues = await lookAtAll(source, candidates, looks, async (session, candidate) => {
    const [row] = await session.query<Containment>(
      measureSql(candidate, sampleClause(candidate.table, sizes.get(tableKey(candidate.table))!)),
    );
    return row ?? null;
  });
  const foreignKeys = candidates.flatMap((candidate, i) => {
    const look = measuredValues[i]!;
    return judge(candidate, 'value' in look ? look.value : null) ?? [];
  });
  return [...generic, ...foreignKeys];
}

async function findGeneric(
  source: Database,
  pairs: readonly GenericPair[],
  tables: readonly Table[],
  looks: LookOptions,
): Promise<InferredReference[]> {
  const typeTable = contentTypeTable(tables);
  if (!typeTable || pairs.length === 0) return [];
  const [read] = await lookAtAll(source, [typeTable], looks, (session, table) =>
    session.query<ContentType>(contentTypesSql(table)),
  );
  if (!read || !('value' in read)) return [];
  const used = await lookAtAll(source, pairs, looks, async (session, pair) => {
    const rows = pair.table.exactRows ?? pair.table.estimatedRows ?? 0;
    const whole = rows < WHOLE_BELOW;
    const from = whole
      ? ownRowsSql(pair.table)
      : sampleClause(pair.table, { limit: 20_000, rows, pages: 1e6 });
    const types = await session.query<{ type: string }>(typesUsedSql(from, pair.typeColumn));
    return { types: types.map((row) => row.type), whole };
  });
  return pairs.flatMap((pair, i) => {
    const look = used[i]!;
    if (!('value' in look)) return [];
    return genericReference(pair, look.value.types, read.value, tables, look.value.whole) ?? [];
  });
}

function sizeOf(item: MeasuredTable, limit: number) {
  const { table, pages } = item;
  return { limit, rows: table.exactRows ?? table.estimatedRows ?? pages * 60, pages };
}
