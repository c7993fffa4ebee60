/**
 * Rows that repeat a unique key of the target, seen only when the key is built: a source that never had the constraint, or
 * values that became equal on the way (lower-casing). All but the first, by legacy key, go to quarantine; what pointed to
 * them is settled behind the level, as any reference without a parent.
 */
import type { Control } from '../control/control.ts';
import type { EntityLoad } from '../copy/entity-load.ts';
import { duplicatesSql, repeatedPairsSql } from '../copy/settle.sql.ts';
import { leaveTarget } from '../copy/withdraw.ts';
import { MigrationError } from '../core/errors.ts';
import type { Failpoints } from '../core/failpoints.ts';
import type { Session } from '../db/database.ts';
import { Misfit } from '../mapping/misfit.ts';
import type { Statement } from '../plan/target-schema.ts';

interface Sides {
  readonly source: Session;
  readonly target: Session;
  readonly control: Control;
  readonly failpoints: Failpoints;
}

export async function setDuplicatesAside(load: EntityLoad, key: Statement, sides: Sides): Promise<void> {
  const columns = columnsOf(key);
  const sql = duplicatesSql(load.target, load.pairsTable, columns);
  const rows = await sides.target.query<{ key: string }>(sql);
  const rejects = rows.map((row) => ({
    key: row.key,
    misfit: repeated(columns),
    sqlstate: '23505',
    constraint: key.name,
  }));
  // no other row of the target is asked yet: those that point here are settled behind the level
  await leaveTarget(load, rejects, { ...sides, references: [], touched: new Set() });
}

/** The error where the plan's key does not tell the rows of the source apart. */
export async function refuseRepeatedKey(load: EntityLoad, target: Session): Promise<MigrationError> {
  const [row] = await target.query<{ keys: number }>(repeatedPairsSql(load.pairsTable));
  const { name, key } = load.compiled.plan;
  return new MigrationError({
    code: 'KEY_NOT_UNIQUE',
    message: `${name}: the key of the plan (${key.columns.join(', ')}) does not tell its rows apart; ${row!.keys} keys occur more than once.`,
    hint: `Name columns under “key” of ${name} that no two rows share, or leave the list empty, and approve the plan again. Take out what this run moved with towpath rollback.`,
    details: { entity: name, columns: key.columns },
  });
}

function repeated(columns: readonly string[]): Misfit {
  const misfit = new Misfit('duplicate-key', `repeats ${columns.join(', ')} of an earlier record`);
  misfit.column = columns.join(', ');
  return misfit;
}

/** Column names out of `… unique ("a", "b")`. */
function columnsOf({ sql }: Statement): string[] {
  const list = /\((.+)\)$/.exec(sql)![1]!;
  return [...list.matchAll(/"((?:[^"]|"")+)"/g)].map(([, name]) => name!.replaceAll('""', '"'));
}
