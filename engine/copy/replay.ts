/**
 * Maps single rows of a migrated entity again, with all parents known, and brings the target to the result: a row that
 * fits is updated in place, one that does not leaves the target and goes to quarantine.
 *
 * Promise: afterwards each of the rows is what an uninterrupted load with all parents known would have written; one
 * transaction; safe to repeat.
 */
import type { Control } from '../control/control.ts';
import { ByteWriter } from '../db/binary/byte-writer.ts';
import { copyIn } from '../db/copy-in.ts';
import { copyOut } from '../db/copy-out.ts';
import type { Session } from '../db/database.ts';
import { RowMapper } from '../mapping/row-mapper.ts';
import { copyToTargetSql } from './copy-to-target.sql.ts';
import type { EntityLoad } from './entity-load.ts';
import { WHOLE_TABLE } from './keyset-range.ts';
import { mapStream } from './map-stream.ts';
import { recordRejects, recordRepairs } from './record-outcome.ts';
import { removeRows } from './remove-rows.ts';
import { stagingSql, updateFromStagingSql } from './settle.sql.ts';
import { copyKeysSql } from './source-query.sql.ts';
import { textEncoder } from './text-format.ts';

const STAGING = 'towpath_replay';
/** Rows a transaction. */
const CHUNK = 2000;

export interface Replay {
  readonly updated: number;
  /** Legacy ids of rows that left the target. */
  readonly removed: readonly string[];
}

export async function replayRows(
  load: EntityLoad,
  keys: readonly string[],
  sessions: { readonly source: Session; readonly target: Session },
  control: Control,
): Promise<Replay> {
  let updated = 0;
  const removed: string[] = [];
  for (let i = 0; i < keys.length; i += CHUNK) {
    const part = await replayChunk(load, keys.slice(i, i + CHUNK), sessions, control);
    updated += part.updated;
    removed.push(...part.removed);
  }
  return { updated, removed };
}

async function replayChunk(
  load: EntityLoad,
  keys: readonly string[],
  { source, target }: { source: Session; target: Session },
  control: Control,
): Promise<Replay> {
  const { compiled, runId } = load;
  await target.query('begin');
  try {
    await target.query(stagingSql(STAGING, load.target, compiled.columns));
    const staging = { schema: 'pg_temp', name: STAGING };
    const sink = copyIn(target, copyToTargetSql(staging, compiled));
    const encode = compiled.wire === 'text' ? textEncoder(compiled.columns.length) : null;
    const stream = {
      compiled,
      mapper: new RowMapper(compiled, true),
      out: new ByteWriter(1 << 18),
      refused: new Map(),
      onRow: () => {},
    };
    const result = await mapStream(stream, copyOut(source, copyKeysSql(compiled, keys)), (bytes) =>
      sink.write(encode ? encode(bytes) : bytes),
    );
    await sink.end();
    await target.query(updateFromStagingSql(STAGING, load.target, compiled.columns));
    await control.repairs.forget(target, { runId, entity: compiled.plan.name, legacyIds: keys });
    const task = { load, batchId: null, range: WHOLE_TABLE };
    await recordRepairs(control, target, task, result.repairs);
    await recordRejects(control, source, target, task, result.rejects);
    const removed = result.rejects.map((reject) => reject.key);
    await removeRows(load, removed, target);
    await target.query('commit');
    for (const key of removed) load.keys.delete(key);
    return { updated: result.rowsWritten, removed };
  } catch (error) {
    await target.query('rollback').catch(() => undefined);
    throw error;
  }
}
