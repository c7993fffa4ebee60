/**
 * Of rows that somebody else wrote last: which are no longer what the plan makes of the source, and in which columns. A table
 * that was written anew (restored from a dump, altered) holds the very rows that were moved, and they are found to be the same.
 *
 * What the plan cannot know is never called the same: a row that the source holds no more, and a row that holds something in a
 * column that the plan does not fill. Writes nothing but temporary tables, in a transaction that is rolled back.
 */
import type { CodeRunners } from '../contract/code.ts';
import { createCodeDesk } from '../copy/code/code-desk.ts';
import type { Log } from '../core/log.ts';
import type { Database, Session } from '../db/database.ts';
import { quoteTable } from '../db/quote.ts';
import { createKeySet } from '../mapping/key-set.ts';
import { hasCode } from '../plan/code-units.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Catalog } from '../schema/catalog.ts';
import { filledOutsideSql } from './changed-rows.sql.ts';
import { openReading } from './reading.ts';
import { createControlRecords, type PairTables } from './records.ts';
import { rowHashFor } from './rows/comparable-form.ts';
import { explainRows } from './rows/explain-rows.ts';
import { createRowHash } from './rows/row-hash.ts';

export interface ChangedRows {
  /**
   * Of these rows, which are in the target, the changed ones by new id, with the columns that differ; null where the source
   * holds the row no more.
   */
  find(entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[] | null>>;
  close(): Promise<void>;
}

export interface ChangedRowsInput {
  readonly plan: PlanFile;
  readonly catalog: Catalog;
  readonly runId: string;
  readonly namespace: Uint8Array;
}

export interface ChangedRowsDependencies {
  readonly source: Database;
  readonly target: Database;
  readonly control: { readonly mappings: PairTables };
  readonly log: Log;
  readonly code: CodeRunners | null;
}

/** Opens nothing before it is asked. */
export function createChangedRows(deps: ChangedRowsDependencies, input: ChangedRowsInput): ChangedRows {
  const { plan } = input;
  const records = createControlRecords(plan.migration, deps.control.mappings, deps.target);
  const code = deps.code !== null && hasCode(plan) ? createCodeDesk(deps.code, deps.log) : null;
  const reading = openReading(deps, { ...input, code }, records);
  let opened: Promise<Session> | null = null;
  let present: Promise<Session> | null = null;

  return {
    async find(entity, ids) {
      const { load } = await reading.prepare(entity);
      const pairs = await records.pairs(entity);
      opened ??= deps.target.session({ purpose: 'rollback' });
      present ??= reading.present();
      const [target, source] = [await opened, await present];
      const none = { ids: [], rows: 0 };
      await target.query('begin');
      try {
        const explained = await explainRows(
          {
            compiled: load.compiled,
            read: load.read,
            table: load.target,
            setAside: createKeySet({ kind: 'text', min: 0, max: 0, rows: 0 }),
            relation: quoteTable(load.target),
            source,
            target,
            hash: rowHashFor(load.compiled, createRowHash()),
          },
          pairs!.table,
          { missing: none, extraneous: none, mismatching: { ids: [...ids], rows: ids.length } },
        );
        const changed = new Map<string, string[] | null>();
        for (const { id, column } of explained.mismatching)
          changed.set(id, [...(changed.get(id) ?? []), column]);
        const outside = await target.query<{ id: string; columns: string[] }>(
          await filledOutsideSql(target, load.target, load.compiled.columns),
          [ids],
        );
        for (const { id, columns } of outside) changed.set(id, [...(changed.get(id) ?? []), ...columns]);
        for (const { id } of explained.extraneous) changed.set(id, null);
        return changed;
      } finally {
        await target.query('rollback').catch(() => undefined);
      }
    },
    async close() {
      for (const session of [opened, present]) await (await session?.catch(() => null))?.release();
      await reading.close();
      await code?.close();
    },
  };
}
