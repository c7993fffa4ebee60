/**
 * Writes rows that fit into the target, in the caller's transaction: staged table by table, then put in by one statement, so
 * that foreign keys are asked when all of them are there and rows that point to each other in a circle are no obstacle.
 *
 * Nothing is written within a savepoint: a row tells by the transaction that wrote it that it is ours. What the server
 * refuses therefore ends the transaction; find-refused.ts finds out which rows it was, and all is done again without them.
 */
import type { Control } from '../../control/control.ts';
import { copyToTargetSql } from '../../copy/copy-to-target.sql.ts';
import type { EntityLoad } from '../../copy/entity-load.ts';
import { WHOLE_TABLE } from '../../copy/keyset-range.ts';
import { PairBuffer } from '../../copy/pair-buffer.ts';
import { keepTriggersQuiet } from '../../copy/quiet-triggers.ts';
import { recordRepairs } from '../../copy/record-outcome.ts';
import { stagingSql } from '../../copy/settle.sql.ts';
import { textEncoder } from '../../copy/text-format.ts';
import { MigrationError } from '../../core/errors.ts';
import { ByteWriter } from '../../db/binary/byte-writer.ts';
import { copyIn } from '../../db/copy-in.ts';
import type { Session } from '../../db/database.ts';
import type { FittingRows } from './find-fitting.ts';
import type { HeldRows } from './held-rows.ts';
import { mapKeys } from './map-keys.ts';
import { copyPairs, MergedByBatch } from './merged-by-batch.ts';
import { insertStagedSql, stagingName } from './write-rows.sql.ts';

export interface Writing {
  readonly control: Control;
  readonly source: Session;
  readonly target: Session;
  readonly runId: string;
}

/** Rows, their pairs and what was repaired; the rows are no longer held. */
export async function writeRows(found: readonly FittingRows[], writing: Writing): Promise<void> {
  const { control, target, runId } = writing;
  const due = found.filter(({ fits }) => fits.size > 0);
  await control.transactions.enter(target, runId);
  if (due.some(({ load }) => load.silenced)) await keepTriggersQuiet(target);
  const pairs: [EntityLoad, PairBuffer][] = [];
  for (const [i, rows] of due.entries()) pairs.push(...(await stage(i, rows, writing)));
  if (due.length > 0) await target.query(insertStagedSql(due.map(({ load }) => load)));
  for (const [load, buffer] of pairs) await copyPairs(load, buffer, target);
  for (const { load, fits, repairs, held } of due) {
    const entity = load.compiled.plan.name;
    const legacyIds = [...fits];
    await control.repairs.forget(target, { runId, entity, legacyIds });
    const origin = { load, range: WHOLE_TABLE, batchOf: (key: string) => batchOf(held, key) };
    await recordRepairs(control, target, origin, repairs);
    await control.quarantine.release(target, { runId, entity, legacyIds });
  }
}

/** Copies the rows beside the target; those that the target held before are handled at once. */
async function stage(
  place: number,
  { load, fits, held }: FittingRows,
  { source, target }: Writing,
): Promise<[EntityLoad, PairBuffer][]> {
  const { compiled, entityNo } = load;
  await target.query(stagingSql(stagingName(place), load.target, compiled.columns));
  const pairs = new PairBuffer(entityNo, 0, new ByteWriter(1 << 14));
  const duplicates = new PairBuffer(entityNo, 0, new ByteWriter(1 << 12), 'duplicate');
  const merged = new MergedByBatch(load);
  let sink: ReturnType<typeof copyIn> | null = null;
  let chunk = -1;
  let encode: ((bytes: Buffer) => Buffer) | null = null;
  const work = mapKeys(load, [...fits], source, {
    onRow: (mapper, out, start) => {
      const { ids } = mapper;
      const batch = batchOf(held, ids.keyText());
      if (mapper.isDuplicate()) duplicates.add(ids, batch);
      else if (load.merge !== null && ids.isKept()) merged.of(batch).take(out, start, ids);
      else pairs.add(ids, batch);
    },
    async write(bytes, ofChunk) {
      if (ofChunk !== chunk) {
        await sink?.end();
        sink = copyIn(target, copyToTargetSql({ schema: 'pg_temp', name: stagingName(place) }, compiled));
        encode = compiled.wire === 'text' ? textEncoder(compiled.columns.length) : null;
        chunk = ofChunk;
      }
      await sink!.write(encode ? encode(bytes) : bytes);
    },
  });
  await work.catch(async (error: unknown) => {
    await (sink as ReturnType<typeof copyIn> | null)?.abort('rows cannot be read').catch(() => undefined);
    throw error;
  });
  await (sink as ReturnType<typeof copyIn> | null)?.end();
  await merged.write(target);
  return [
    [load, pairs],
    [load, duplicates],
  ];
}

/** The batch that set the row aside; a rollback finds what it brought by it. */
function batchOf({ entity, rows }: HeldRows, key: string): number {
  const batchId = rows.get(key)?.batchId ?? null;
  if (batchId !== null) return batchId;
  throw new MigrationError({
    code: 'HELD_WITHOUT_BATCH',
    message: `Of ${entity}, a row that is set aside belongs to no batch of the run, so a rollback would not find it again.`,
    hint: 'Nothing was moved. Retry the other causes by their cards (towpath quarantine list), and take this one elsewhere: towpath quarantine export',
    details: { entity },
  });
}
