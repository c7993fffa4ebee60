/**
 * The parents that one row asks for, instead of the keys of all parents that a load needs. A row is mapped twice: first
 * with parents that say yes to everything and remember what they were asked; then with those that are really there.
 */
import type { Control } from '../../control/control.ts';
import type { ByteWriter } from '../../db/binary/byte-writer.ts';
import { createKeptIds } from '../../mapping/kept-ids.ts';
import { createKeySet } from '../../mapping/key-set.ts';
import { ParentKeys } from '../../mapping/parent-keys.ts';
import { IdMaker, idText, uuidBytes } from '../../mapping/uuid-v5.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { idWords } from '../../validation/rows/row-id.ts';

export type Parents = ReadonlyMap<string, ParentKeys>;

/** Old key → id in the target, of the rows that are there. */
export type FoundParents = ReadonlyMap<string, ReadonlyMap<string, string>>;

class AskedKeys extends ParentKeys {
  readonly asked = new Set<string>();

  override hasText(): boolean {
    return true;
  }

  override writeText(bytes: Uint8Array, start: number, end: number, out: ByteWriter): void {
    this.asked.add(Buffer.from(bytes.subarray(start, end)).toString('utf8'));
    super.writeText(bytes, start, end, out);
  }
}

const NOTHING = { kind: 'text', min: 0, max: 0, rows: 1 } as const;

/** Says yes to every key. `asked` fills while a row is mapped. */
export function parentsThatListen(plan: PlanFile, namespace: Uint8Array): ReadonlyMap<string, AskedKeys> {
  return new Map(
    plan.entities.map(({ name }) => [
      name,
      new AskedKeys(name, 'text', createKeySet(NOTHING), new IdMaker(namespace, name)),
    ]),
  );
}

/** Of what was asked, the rows that are in the target. */
export async function findParents(
  control: Pick<Control, 'mappings'>,
  migration: string,
  listened: ReadonlyMap<string, AskedKeys>,
): Promise<FoundParents> {
  const found = new Map<string, ReadonlyMap<string, string>>();
  for (const [entity, { asked }] of listened) {
    if (asked.size === 0) continue;
    const no = await control.mappings.entityNo(migration, entity);
    const pairs = no === null ? [] : await control.mappings.find(no, [...asked]);
    found.set(entity, new Map(pairs.map(({ legacyId, newId }) => [legacyId, newId])));
  }
  return found;
}

/** Holds just the rows that were found, with the ids they have in the target. */
export function parentsThatKnow(plan: PlanFile, namespace: Uint8Array, found: FoundParents): Parents {
  return new Map(
    plan.entities.map(({ name }) => {
      const pairs = found.get(name) ?? new Map<string, string>();
      const keys = new ParentKeys(
        name,
        'text',
        createKeySet({ ...NOTHING, rows: Math.max(1, pairs.size) }),
        makerOf(namespace, name, pairs),
      );
      for (const key of pairs.keys()) keys.add(key);
      return [name, keys];
    }),
  );
}

/** Makes the ids that rows have in the target, whether or not they follow from their keys. */
export function makerOf(namespace: Uint8Array, entity: string, pairs: ReadonlyMap<string, string>): IdMaker {
  return new IdMaker(namespace, entity, undefined, keptIdsOf(namespace, entity, pairs));
}

/** Null where all ids follow from the keys. */
export function keptIdsOf(namespace: Uint8Array, entity: string, pairs: ReadonlyMap<string, string>) {
  const maker = new IdMaker(namespace, entity);
  const kept = createKeptIds(pairs.size);
  for (const [key, newId] of pairs) {
    const derived = idWords(maker, key);
    if (idText(derived) !== newId) kept.add(derived, wordsOf(newId));
  }
  return kept.size === 0 ? null : kept;
}

function wordsOf(id: string): Int32Array {
  const bytes = uuidBytes(id);
  return Int32Array.from({ length: 4 }, (_, i) => bytes.readInt32BE(i * 4));
}
