/**
 * A dry run: every row of the chosen entities is read and mapped, and nothing is written. Its target connection is
 * opened read-only, so it could not write if it tried; it reads which entities are there already.
 * What only PostgreSQL can refuse (a constraint, a value its parser rejects) a dry run cannot see; a rehearsal does.
 */

import type { CodeDesk } from '../copy/code/code-desk.ts';
import type { EntityLoad } from '../copy/entity-load.ts';
import { WHOLE_TABLE } from '../copy/keyset-range.ts';
import { mapStream, type Reject } from '../copy/map-stream.ts';
import { createPreparation, type KeyLedger } from '../copy/prepare.ts';
import { copyRangeSql } from '../copy/source-query.sql.ts';
import type { EventPublisher } from '../core/events.ts';
import { ByteWriter } from '../db/binary/byte-writer.ts';
import type { Session } from '../db/database.ts';
import { RowMapper } from '../mapping/row-mapper.ts';
import { idText } from '../mapping/uuid-v5.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Catalog } from '../schema/catalog.ts';
import { idsOfKeys } from '../validation/rows/row-id.ts';

export interface DryRunEntity {
  readonly entity: string;
  readonly rows: number;
  readonly written: number;
  readonly repaired: number;
  readonly quarantined: number;
  readonly excluded: number;
  readonly duplicates: number;
  readonly milliseconds: number;
}

export interface DryRunInput {
  readonly plan: PlanFile;
  readonly catalog: Catalog;
  readonly namespace: Uint8Array;
  /** In the order of levels. */
  readonly names: readonly string[];
  readonly source: Session;
  readonly ledger: KeyLedger;
  readonly code: CodeDesk | null;
  readonly events: EventPublisher;
  readonly signal: AbortSignal | undefined;
}

export const DRY_RUN_ID = 'dry-run';

export async function dryRun(input: DryRunInput): Promise<DryRunEntity[]> {
  const preparation = createPreparation({
    ...input,
    runId: DRY_RUN_ID,
    undecided: (entity) => input.names.includes(entity),
  });
  const results: DryRunEntity[] = [];
  const out = new ByteWriter(1 << 18);
  for (const name of input.names) {
    input.signal?.throwIfAborted();
    const load = await preparation.prepare(name);
    const excluded = preparation.excludedRows(name);
    const result = await mapOnly(load, input.source, out);
    const entity = { entity: name, ...result, excluded };
    results.push(entity);
    input.events.publish({
      type: 'entity.completed',
      runId: DRY_RUN_ID,
      entity: name,
      rowsRead: result.rows,
      rowsWritten: result.written,
      rowsQuarantined: result.quarantined,
      rowsRepaired: result.repaired,
      ...(result.duplicates === 0 ? {} : { rowsDuplicate: result.duplicates }),
      milliseconds: result.milliseconds,
    });
  }
  return results;
}

/** Maps an entity and remembers its keys, so that its children find their parents. */
async function mapOnly(
  load: EntityLoad,
  source: Session,
  out: ByteWriter,
): Promise<Omit<DryRunEntity, 'entity' | 'excluded'>> {
  const { compiled, keys, read } = load;
  const mapper = new RowMapper(compiled, false);
  const started = performance.now();
  const leading: Leading[] = [];
  const onRow = () => {
    const { ids } = mapper;
    keys.addBytes(ids.keyBytes, ids.keyStart, ids.keyEnd);
    if (mapper.isDuplicate()) leading.push({ key: ids.keyText(), to: idText(ids.id) });
  };
  const stream = { compiled, mapper, out, refused: new Map(), onRow };
  const rows = read(source, copyRangeSql(compiled, WHOLE_TABLE));
  const result = await mapStream(stream, rows, async () => {}).catch((error: unknown) => {
    throw source.explain(error);
  });
  const stranded = leaveStranded(load, leading, result.rejects);
  return {
    rows: result.rowsRead,
    written: result.rowsWritten,
    repaired: result.rowsRepaired,
    quarantined: result.rejects.length + stranded,
    duplicates: result.rowsDuplicate - stranded,
    milliseconds: Math.round(performance.now() - started),
  };
}

/** A row that is the same record as another, and the id of that one. */
interface Leading {
  readonly key: string;
  readonly to: string;
}

/** Rows that lead to one which is set aside are set aside too. */
function leaveStranded(
  { compiled, keys }: EntityLoad,
  leading: readonly Leading[],
  rejects: readonly Reject[],
): number {
  if (leading.length === 0 || rejects.length === 0) return 0;
  const aside = new Set(
    idsOfKeys(
      compiled,
      rejects.map(({ key }) => key),
    ),
  );
  const stranded = leading.filter(({ to }) => aside.has(to));
  for (const { key } of stranded) keys.delete(key);
  return stranded.length;
}
