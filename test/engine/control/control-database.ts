/** A target with the control schema, and what stores are tried with. */
import { afterAll, beforeAll } from 'vitest';
import { type Control, createControl } from '../../../engine/control/control.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import { type TestDatabase, useTestDatabase } from '../../helpers/test-database.ts';

export interface ControlFixture {
  readonly target: TestDatabase;
  readonly database: Database;
  readonly control: Control;
  /** Enters a run and returns its id. */
  run(migration?: string): Promise<string>;
}

export function useControl(): ControlFixture {
  const target = useTestDatabase();
  let database: Database;
  let control: Control;
  let runs = 0;
  beforeAll(async () => {
    database = createDatabase(target.connection, 'target', { log: createSilentLog() });
    control = createControl(database);
    await control.ensure();
  });
  afterAll(() => database.end());
  return {
    target,
    get database() {
      return database;
    },
    get control() {
      return control;
    },
    async run(migration = 'clinic') {
      const runId = `run-${++runs}`;
      await control.runs.create({ runId, migration, planHash: 'plan-hash' });
      return runId;
    },
  };
}

export const counters = {
  rowsRead: 10,
  rowsDuplicate: 0,
  rowsWritten: 8,
  rowsQuarantined: 2,
  rowsRepaired: 1,
  bytesRead: 1000,
  bytesWritten: 2000,
};
