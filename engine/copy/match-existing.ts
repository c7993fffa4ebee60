/**
 * Which rows of an entity does the target hold already? Decided once, before the first batch of the run, for every entity
 * that merges: ids are computed, not looked up, so a row's id must be known before anything points to it.
 *
 * The natural key of each old row is made by the very code that will move it, staged in the target and joined there; the
 * answer is kept in the control schema, in one transaction. A run that dies later reads it back and never asks again, since
 * the target then holds rows of its own. Rows that somebody adds to the target afterwards are met as any other: a unique
 * key refuses the second one.
 * Rejected: asking batch by batch, which knows a parent's id too late for its children of the same level.
 */
import type { Control } from '../control/control.ts';
import { ByteWriter } from '../db/binary/byte-writer.ts';
import { fillByCopy } from '../db/copy-in.ts';
import type { Session } from '../db/database.ts';
import { RowMapper } from '../mapping/row-mapper.ts';
import { LEGACY_KEY } from '../mapping/source-key.ts';
import type { PlanColumn, PlanEntity } from '../plan/plan-file.ts';
import { transformsOf } from '../plan/transforms.ts';
import { copyToTargetSql } from './copy-to-target.sql.ts';
import { WHOLE_TABLE } from './keyset-range.ts';
import { mapStream } from './map-stream.ts';
import { createMatchSql, type KeyColumn, keepMatchesSql, MATCH_STAGING } from './match-existing.sql.ts';
import type { PreparedEntities } from './prepare.ts';
import { copyRangeSql } from './source-query.sql.ts';
import { textEncoder } from './text-format.ts';

export interface Matching {
  readonly control: Control;
  readonly prepared: Pick<PreparedEntities, 'compilePart' | 'duplicateSearch'>;
  /** On the run's snapshot. */
  readonly source: Session;
  readonly target: Session;
}

/** Returns the rows found, those that fit several included; null where they were found before. */
export async function matchExisting(
  entity: PlanEntity,
  { control, prepared, source, target }: Matching,
): Promise<number | null> {
  if (entity.merge === undefined) return null;
  const { compiled, read, entityNo, pairsTable } = await prepared.compilePart(
    keyPart(entity, entity.merge.by),
  );
  if (await control.kept.isMatched(entityNo, target)) return null;
  const table = { schema: entity.target.schema, name: entity.target.table };
  await target.query('begin');
  try {
    await target.query(createMatchSql(table, entity.merge.by, compiled.wire));
    const encode = compiled.wire === 'text' ? textEncoder(compiled.columns.length) : null;
    const stream = {
      compiled,
      mapper: new RowMapper(compiled, false),
      out: new ByteWriter(1 << 18),
      refused: new Map(),
      onRow: () => {},
    };
    // rows that do not fit are told when they are moved
    await fillByCopy(target, copyToTargetSql(MATCH_STAGING, compiled), (write) =>
      mapStream(stream, read(source, copyRangeSql(compiled, WHOLE_TABLE)), (bytes) =>
        write(encode ? encode(bytes) : bytes),
      ),
    );
    const kept = await target.query<{ rows: number }>(
      `with kept as (${keepMatchesSql(table, pairsTable, keyColumns(entity), compiled.wire)} returning 1) select count(*)::int as rows from kept`,
      [entityNo],
    );
    await control.kept.markMatched(target, entityNo);
    await target.query('commit');
    return kept[0]!.rows;
  } catch (error) {
    await target.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** The entity with its natural key and nothing else; references are written on trust, their parents are still to come. */
function keyPart(entity: PlanEntity, by: readonly string[]): PlanEntity {
  const columns = entity.columns.filter((column) => by.includes(column.to));
  const legacyKey: PlanColumn = {
    to: LEGACY_KEY,
    type: 'text',
    nullable: false,
    transform: { kind: 'copy' },
    onMisfit: 'quarantine',
    confidence: 1,
    reason: '',
  };
  const { code: _code, ...rest } = entity;
  return {
    ...rest,
    columns: [legacyKey, ...columns],
    deferred: columns.filter(isReference).map((column) => column.to),
  };
}

function isReference(column: PlanColumn): boolean {
  return transformsOf(column).some(({ kind }) => kind === 'reference' || kind === 'polymorphic');
}

/** Addresses are the same in any case, whatever the other system stored; so is what the target holds as citext. */
function keyColumns({ columns, merge }: PlanEntity): KeyColumn[] {
  return merge!.by.map((name) => {
    const column = columns.find((item) => item.to === name)!;
    const address = transformsOf(column).some(({ kind }) => kind === 'email');
    return { name, folded: address || /(^|\.)"?citext"?$/i.test(column.type) };
  });
}
