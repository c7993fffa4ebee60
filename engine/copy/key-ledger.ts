/** Where a run finds and keeps the keys of migrated rows: the mapping pairs of the control schema, or nowhere. */
import type { Control } from '../control/control.ts';
import type { Session } from '../db/database.ts';
import { readKeptIds } from './kept-ids.ts';
import { readMappedKeys } from './mapped-keys.ts';
import type { KeyLedger } from './prepare.ts';

export function createKeyLedger(control: Control, migration: string, target: Session): KeyLedger {
  return {
    async register(entity) {
      const entityNo = await control.mappings.ensureEntity(migration, entity);
      return { entityNo, pairsTable: control.mappings.copyTarget(entityNo) };
    },
    readKeys: (pairsTable, into) => readMappedKeys(target, pairsTable, into),
    keptIds: async (entityNo, maker) =>
      readKeptIds(target, entityNo, await control.kept.count(entityNo, target), maker),
  };
}

/** For a dry run: knows the rows that are in the target already and keeps nothing. */
export function createReadingLedger(control: Control | null, migration: string, target: Session): KeyLedger {
  const nowhere = { schema: '', name: '' };
  return {
    async register(entity) {
      const entityNo = control ? await control.mappings.entityNo(migration, entity) : null;
      return entityNo === null
        ? { entityNo: 0, pairsTable: nowhere }
        : { entityNo, pairsTable: control!.mappings.copyTarget(entityNo) };
    },
    async readKeys(pairsTable, into) {
      if (pairsTable !== nowhere) await readMappedKeys(target, pairsTable, into);
    },
    async keptIds(entityNo, maker) {
      if (control === null || entityNo === 0) return null;
      return readKeptIds(target, entityNo, await control.kept.count(entityNo, target), maker);
    },
  };
}
