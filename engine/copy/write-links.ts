/**
 * Gives rows of a run the links back that they had been moved without, now that what they point to is there, in the caller's
 * transaction. Only the links are written, and the notes that said what they had been: everything else of the rows stays as
 * it is. A row that does not fit any more, that is gone from the source or whose link still leads nowhere is left, and so is
 * what is recorded of it: a later retry finds it again.
 */
import type { PlanEntity } from '../plan/plan-file.ts';
import { transformsOf } from '../plan/transforms.ts';
import type { EntityLoad } from './entity-load.ts';
import { WHOLE_TABLE } from './keyset-range.ts';
import { recordRepairs } from './record-outcome.ts';
import { batchesOfRows, type ReplayDependencies, rememberDigests } from './replay.ts';
import { linksFromStagingSql } from './settle.sql.ts';
import { stageMapped } from './stage-mapped.ts';

const STAGING = 'towpath_links';
/** Rows a statement: bounds its text, and the memory that staging takes. */
const CHUNK = 2000;

export interface Links {
  readonly keys: readonly string[];
  /** Of the target. */
  readonly columns: readonly string[];
}

/** Returns the keys of the rows that were written. */
export async function writeLinks(
  load: EntityLoad,
  { keys, columns }: Links,
  deps: ReplayDependencies,
): Promise<string[]> {
  const linked: string[] = [];
  for (let i = 0; i < keys.length; i += CHUNK)
    linked.push(...(await writeChunk(load, { keys: keys.slice(i, i + CHUNK), columns }, deps)));
  return linked;
}

async function writeChunk(
  load: EntityLoad,
  { keys, columns }: Links,
  { source, target, control }: ReplayDependencies,
): Promise<string[]> {
  const { compiled, runId } = load;
  const { repairs } = await stageMapped(STAGING, load, keys, { source, target });
  const notes = notesOf(compiled.plan);
  const sql = linksFromStagingSql(STAGING, load.target, load.pairsTable, compiled, { links: columns, notes });
  const linked = (await target.query<{ key: string }>(sql, [keys])).map(({ key }) => key);
  await target.query(`drop table pg_temp.${STAGING}`);
  if (linked.length === 0) return linked;
  if (load.merge === 'update') await rememberDigests(load, linked, target, control);
  const batchOf = await batchesOfRows(load, linked, control, target);
  const [written, of] = [new Set(linked), new Set(columns)];
  const entity = compiled.plan.name;
  await control.repairs.forget(target, { runId, entity, legacyIds: linked, columns });
  const left = repairs.filter(({ key, repair }) => written.has(key) && of.has(repair.column));
  await recordRepairs(control, target, { load, range: WHOLE_TABLE, batchOf }, left);
  return linked;
}

function notesOf({ columns }: PlanEntity): string[] {
  return columns
    .filter((column) => transformsOf(column).some(({ kind }) => kind === 'metadata'))
    .map(({ to }) => to);
}
