/**
 * Installs and upgrades the control schema in the target.
 *
 * Promise: all missing migrations in one transaction under an advisory lock, each with its version row first, so two
 * processes may start at once and a failure leaves nothing. Never downgrades: a schema newer than this program is
 * refused. A version installed from another text than ours is refused too, since migrations never change.
 */
import { createHash } from 'node:crypto';
import { MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import { sqlstateOf } from '../db/sqlstate.ts';
import {
  createSchemaSql,
  enterVersionSql,
  INSTALL_LOCK,
  installedVersionsSql,
  versionTableExistsSql,
  waitForInstallSql,
} from './install.sql.ts';
import { type ControlMigration, controlMigrations } from './migrations/list.ts';
import type { Queryable } from './queryable.ts';

export type ControlState = 'absent' | 'older' | 'current';

/** Throws CONTROL_SCHEMA_NEWER or CONTROL_SCHEMA_CHANGED. */
export async function controlState(
  on: Queryable,
  migrations: readonly ControlMigration[] = controlMigrations,
): Promise<ControlState> {
  const [table] = await on.query<{ present: boolean }>(versionTableExistsSql);
  if (!table!.present) return 'absent';
  return (await missing(on, migrations)).length === 0 ? 'current' : 'older';
}

/** Throws CONTROL_SCHEMA_NOT_PERMITTED where the user may not create it, and what controlState throws. */
export async function installControl(
  database: Database,
  migrations: readonly ControlMigration[] = controlMigrations,
): Promise<void> {
  if ((await controlState(database, migrations)) === 'current') return;
  try {
    await database.transaction(async (session) => {
      await session.query(waitForInstallSql, [INSTALL_LOCK]);
      await session.query(createSchemaSql);
      for (const { version, name, sql } of await missing(session, migrations)) {
        await session.query(enterVersionSql, [version, name, checksum(sql)]);
        await session.query(sql);
      }
    });
  } catch (error) {
    throw sqlstateOf(error) === '42501' ? notPermitted(database, error) : error;
  }
}

async function missing(on: Queryable, migrations: readonly ControlMigration[]): Promise<ControlMigration[]> {
  const installed = await on.query<{ version: number; checksum: string }>(installedVersionsSql);
  const known = new Map(migrations.map((migration) => [migration.version, migration]));
  for (const { version, checksum: recorded } of installed) {
    const ours = known.get(version);
    if (!ours) throw newer(version);
    if (checksum(ours.sql) !== recorded) throw changed(version);
  }
  const done = new Set(installed.map(({ version }) => version));
  return migrations.filter(({ version }) => !done.has(version));
}

function checksum(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}

function newer(version: number): MigrationError {
  return new MigrationError({
    code: 'CONTROL_SCHEMA_NEWER',
    message: `A newer Towpath has worked on this target: its control schema has version ${version}, which this one does not know.`,
    hint: 'Update Towpath and run the command again.',
    details: { version },
  });
}

function changed(version: number): MigrationError {
  return new MigrationError({
    code: 'CONTROL_SCHEMA_CHANGED',
    message: `Version ${version} of the control schema in this target was installed by a different build of Towpath.`,
    hint: 'Use the build that installed it. If nothing in the target needs to be resumed or rolled back: drop schema towpath cascade.',
    details: { version },
  });
}

function notPermitted(database: Database, cause: unknown): MigrationError {
  return new MigrationError({
    code: 'CONTROL_SCHEMA_NOT_PERMITTED',
    message: `The target user may not create the schema "towpath", in which Towpath keeps its records, in the database "${database.config.database}".`,
    hint: `As its owner run: grant create on database "${database.config.database}" to the user of TARGET_DB_USER. If the schema exists already, make that user its owner.`,
    cause,
  });
}
