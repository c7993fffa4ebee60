/** Which column of a mapped row is its id, and ids as text and as sets. */
import { MigrationError } from '../../core/errors.ts';
import type { CompiledEntity } from '../../mapping/compiled-entity.ts';
import { createKeySet, type KeySet } from '../../mapping/key-set.ts';
import { type IdMaker, idText } from '../../mapping/uuid-v5.ts';
import type { PlanEntity } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';

/** Name of the target column that holds the new id. */
export function idColumnOf(entity: PlanEntity): string {
  const column = entity.columns.find((column) => {
    const list = transformsOf(column);
    return list[0]!.kind === 'uuid';
  });
  if (column) return column.to;
  throw new MigrationError({
    code: 'PLAN_INVALID',
    message: `Entity ${entity.name} has no column for the new id.`,
    hint: 'Give one of its columns the transform uuid in the plan file.',
  });
}

export function idColumn(compiled: CompiledEntity): string {
  return idColumnOf(compiled.plan);
}

/** Its position in the mapped row. */
export function idField(compiled: CompiledEntity): number {
  return compiled.columns.indexOf(idColumn(compiled));
}

/** The id of a legacy key; holds until the maker's next call. */
export function idWords(maker: IdMaker, key: string): Int32Array {
  const bytes = Buffer.from(key);
  maker.fromBytes(bytes, 0, bytes.length);
  return maker.id;
}

/** Ids of legacy keys as text. */
export function idsOfKeys(compiled: CompiledEntity, keys: readonly string[]): string[] {
  const maker = compiled.createIds();
  return keys.map((key) => idText(idWords(maker, key)));
}

export function keySetOfIds(ids: readonly string[]): KeySet {
  const set = createKeySet({ kind: 'text', min: 0, max: 0, rows: ids.length });
  for (const id of ids) set.addId(wordsOf(id));
  return set;
}

function wordsOf(id: string): Int32Array {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return Int32Array.from({ length: 4 }, (_, i) => bytes.readInt32BE(i * 4));
}
