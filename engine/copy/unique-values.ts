/**
 * Which rows of a column that must be unique repeat a value of an earlier row, “earlier” by the source's key order.
 *
 * Decided before the load, with the very code that maps the value, so that the answer depends neither on the order of
 * batches nor on how a server lower-cases: the same row keeps the address in every run and in every check.
 * Memory: 13 bytes a row for the values seen, and the keys of the repeating rows.
 */
import { createHash } from 'node:crypto';
import { RowReader, type RowView } from '../db/binary/row-reader.ts';
import { copyOut } from '../db/copy-out.ts';
import type { Session } from '../db/database.ts';
import { normalizeEmail } from '../mapping/email.ts';
import { createKeySet } from '../mapping/key-set.ts';
import { fieldText } from '../mapping/lanes/reference.ts';
import { columnSql } from '../mapping/pass-through.ts';
import { keyShape } from '../mapping/source-key.ts';
import { stepsAlone } from '../mapping/steps/alone.ts';
import type { IdMaker } from '../mapping/uuid-v5.ts';
import type { PlanColumn, PlanEntity, Transform } from '../plan/plan-file.ts';
import { transformsOf } from '../plan/transforms.ts';
import type { Table } from '../schema/catalog.ts';

/** Target column → legacy keys of rows that repeat an earlier row's value. */
export async function findDuplicateValues(
  entity: PlanEntity,
  table: Table,
  source: Session,
  /** Knows the rows that are not moved, because they are the same record as another; null where all are. */
  ids: IdMaker | null,
): Promise<Map<string, ReadonlySet<string>>> {
  const duplicates = new Map<string, ReadonlySet<string>>();
  for (const column of entity.columns) {
    if (column.from === undefined || !isUniqueEmail(column)) continue;
    duplicates.set(column.to, await scan(entity, table, column, source, ids));
  }
  return duplicates;
}

function isUniqueEmail(column: PlanColumn): boolean {
  return transformsOf(column).some((transform) => transform.kind === 'email' && transform.unique);
}

/** What the plan does with a text before it is taken for an address. */
function stepsBefore(column: PlanColumn): readonly Transform[] {
  const steps = transformsOf(column);
  return steps.slice(
    0,
    steps.findIndex(({ kind }) => kind === 'email'),
  );
}

async function scan(
  entity: PlanEntity,
  table: Table,
  column: PlanColumn,
  source: Session,
  ids: IdMaker | null,
): Promise<ReadonlySet<string>> {
  const from = column.from!;
  const written = stepsAlone(stepsBefore(column), column);
  const key = keyShape(entity, table);
  const seen = createKeySet({ kind: 'text', min: 0, max: 0, rows: entity.estimatedRows });
  const repeating = new Set<string>();
  const digest = new Int32Array(4);
  const reader = new RowReader(2, (row) => {
    if (row.lengths[1]! < 0 || (ids !== null && isDuplicate(row, ids))) return;
    const text = written(fieldText(row, 1));
    const email = typeof text === 'string' ? normalizeEmail(text) : null;
    if (email === null) return;
    const hash = createHash('sha1').update(email).digest();
    digest[0] = hash.readInt32BE(0);
    // The set takes the words of a version 5 id: the second word must look like one's.
    digest[1] = (hash.readInt32BE(4) & 0xffff0fff) | 0x5000;
    if (seen.hasId(digest)) repeating.add(fieldText(row, 0));
    else seen.addId(digest);
  });
  const order = key.keyset.length > 0 ? key.keyset.join(', ') : key.textSql;
  const columns = `${key.textSql}, ${columnSql(from)}::text`;
  const sql = `copy (select ${columns} from ${key.from} where ${columnSql(from)} is not null order by ${order}) to stdout (format binary)`;
  for await (const chunk of copyOut(source, sql)) reader.push(chunk);
  reader.end();
  return repeating;
}

/** By the key in its first field. */
function isDuplicate({ bytes, lengths, offsets }: RowView, ids: IdMaker): boolean {
  ids.fromBytes(bytes, offsets[0]!, offsets[0]! + lengths[0]!);
  return ids.isKept();
}
