/**
 * Last step of the comparison: differing rows are fetched again, as they are now on both sides, and told value by value.
 * What agrees by then – the source was in use, or both spellings are one value – is counted, not called a difference.
 */
import { idText } from '../../mapping/uuid-v5.ts';
import type { TableName } from '../../schema/catalog.ts';
import type { DifferingIds } from './differing-ids.ts';
import { readExpectedRows } from './expected-rows.ts';
import {
  copyExpectedByKeySql,
  differingValuesSql,
  extraneousRowsSql,
  keysOfIdsSql,
  missingRowsSql,
} from './explain-rows.sql.ts';
import { idWords, keySetOfIds } from './row-id.ts';
import { dropStaged, stageExpected } from './staged-rows.ts';
import type { ComparedEntity } from './sum-rows.ts';

const CHUNK = 1000;

export interface ExplainedRows {
  readonly mismatching: readonly MismatchingValue[];
  readonly missing: readonly MissingRow[];
  readonly extraneous: readonly { readonly id: string; readonly key: string | null }[];
  /** Rows that agreed when they were looked at again. */
  readonly agreed: number;
}

export interface MismatchingValue {
  readonly id: string;
  readonly key: string | null;
  readonly column: string;
  readonly expected: string | null;
  readonly actual: string | null;
}

export interface MissingRow {
  readonly id: string;
  readonly key: string | null;
  /** As text, in the order of the compiled columns. */
  readonly values: readonly (string | null)[];
}

/** Both sessions stand in transactions that see the present; the target's may create temporary tables. */
export async function explainRows(
  entity: ComparedEntity,
  pairs: TableName,
  found: DifferingIds,
): Promise<ExplainedRows> {
  const ids = [...found.missing.ids, ...found.mismatching.ids, ...found.extraneous.ids];
  const keys = await keysOfIds(entity, pairs, ids);
  const parts: ExplainedRows[] = [];
  for (let i = 0; i < ids.length; i += CHUNK) {
    entity.signal?.throwIfAborted();
    parts.push(await explainChunk(entity, pairs, ids.slice(i, i + CHUNK), keys));
  }
  return {
    mismatching: parts.flatMap((part) => part.mismatching),
    missing: parts.flatMap((part) => part.missing),
    extraneous: parts.flatMap((part) => part.extraneous),
    agreed: parts.reduce((sum, part) => sum + part.agreed, 0),
  };
}

async function explainChunk(
  entity: ComparedEntity,
  pairs: TableName,
  ids: readonly string[],
  keys: ReadonlyMap<string, string>,
): Promise<ExplainedRows> {
  const { compiled, table, target } = entity;
  const known = ids.flatMap((id) => keys.get(id) ?? []);
  const sql = known.length > 0 ? copyExpectedByKeySql(compiled, known) : noRowsSql(compiled.select.length);
  await stageExpected({ ...entity, sql });
  const key = (id: string) => keys.get(id) ?? null;
  const values = await target.query<Omit<MismatchingValue, 'key'>>(
    differingValuesSql(compiled, table, pairs),
  );
  const missing = await target.query<Omit<MissingRow, 'key'>>(missingRowsSql(compiled, table));
  const extraneous = await target.query<{ id: string }>(extraneousRowsSql(compiled, table), [ids]);
  await dropStaged(target);
  const differing = new Set([...values, ...missing, ...extraneous].map((row) => row.id));
  return {
    mismatching: values.map((value) => ({ ...value, key: key(value.id) })),
    missing: missing.map((row) => ({ ...row, key: key(row.id) })),
    extraneous: extraneous.map(({ id }) => ({ id, key: key(id) })),
    agreed: ids.filter((id) => !differing.has(id)).length,
  };
}

/** The mapping pairs know most; where a pair is lost or wrong too, the source is asked. */
async function keysOfIds(
  entity: ComparedEntity,
  pairs: TableName,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const maker = entity.compiled.createIds();
  const keys = new Map<string, string>();
  for (const { id, key } of await entity.target.query<{ id: string; key: string }>(keysOfIdsSql(pairs), [
    ids,
  ])) {
    if (idText(idWords(maker, key)) === id) keys.set(id, key);
  }
  const unknown = ids.filter((id) => !keys.has(id));
  if (unknown.length > 0) for (const [id, key] of await searchSource(entity, unknown)) keys.set(id, key);
  return keys;
}

async function searchSource(entity: ComparedEntity, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = keySetOfIds(ids);
  const found = new Map<string, string>();
  await readExpectedRows(entity, (_bytes, _start, _end, maker) => {
    if (wanted.hasId(maker.id)) found.set(idText(maker.id), maker.keyText());
  });
  return found;
}

function noRowsSql(fields: number): string {
  return `copy (select ${Array.from({ length: fields }, () => 'null::int').join(', ')} where false) to stdout (format binary)`;
}
