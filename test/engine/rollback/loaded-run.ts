/** A target as a run leaves it: tables with their keys, mapping pairs, ledger. Three offices, orders and cases in a cycle. */
import type { Control } from '../../../engine/control/control.ts';
import { type PlanFile, planFile } from '../../../engine/plan/plan-file.ts';
import { targetTables } from '../../../engine/plan/target-schema.ts';
import { markMadeTableSql } from '../../../engine/rollback/rollback.sql.ts';
import type { TestDatabase } from '../../helpers/test-database.ts';

const known = { confidence: 1, reason: 'test' };
const id = { to: 'id', type: 'uuid', nullable: false, transform: { kind: 'uuid' }, ...known };
const legacyId = { to: 'legacy_id', type: 'integer', nullable: false, from: 'id', ...known };

function reference(to: string, entity: string, nullable = false) {
  return { to, type: 'uuid', nullable, from: to, transform: { kind: 'reference', entity }, ...known };
}

function entity(name: string, level: number, columns: unknown[], deferred: string[] = []) {
  return {
    name,
    source: { schema: 'public', table: name },
    target: { schema: 'moved', table: name },
    key: { columns: ['id'], kind: 'integer' },
    level,
    priority: 'critical',
    phase: 'core',
    columns: [id, legacyId, ...columns],
    deferred,
    estimatedRows: 10,
    difficulty: 'easy',
  };
}

export const plan: PlanFile = planFile.parse({
  version: 1,
  migration: 'test',
  source: { database: 'legacy', schemas: ['public'], fingerprint: 'x' },
  target: { schema: 'moved', create: true },
  settings: {},
  entities: [
    entity('offices', 1, [reference('parent_id', 'offices', true)], ['parent_id']),
    entity('orders', 2, [reference('office_id', 'offices'), reference('case_id', 'cases')]),
    entity('cases', 2, [reference('current_order_id', 'orders', true)], ['current_order_id']),
  ],
  groups: {},
  phases: [],
  estimate: { rows: 30, bytes: 1000, seconds: 1 },
});

const NEW_ID = `md5('%entity%' || n)::uuid`;
const idOf = (entity: string, n = 'n') => NEW_ID.replace('%entity%', entity).replace('|| n', `|| ${n}`);

/** Ten rows an entity in batches of four; row n of each points to row n of the others, offices to the office before. */
const rows: Readonly<Record<string, string>> = {
  offices: `select ${idOf('offices')}, n, case when n > 1 then ${idOf('offices', '(n - 1)')} end`,
  orders: `select ${idOf('orders')}, n, ${idOf('offices')}, ${idOf('cases')}`,
  cases: `select ${idOf('cases')}, n, ${idOf('orders')}`,
};

export async function loadRun(runId: string, target: TestDatabase, control: Control): Promise<void> {
  await target.query('create schema moved');
  const tables = targetTables(plan);
  for (const { table, create } of tables) {
    await target.query(`${create.sql}; ${markMadeTableSql(table, plan.migration)}`);
  }
  await control.runs.create({ runId, migration: plan.migration, planHash: 'p', state: 'copying' });
  await control.entities.register(
    runId,
    plan.entities.map(({ name, level }) => ({ entity: name, level })),
  );
  for (const { name } of plan.entities) await loadEntity(runId, name, target, control);
  for (const { primaryKey } of tables) await target.query(primaryKey.sql);
  for (const { foreignKeys } of tables) for (const key of foreignKeys) await target.query(key.sql);
  await control.runs.move(runId, 'copied');
  await control.runs.move(runId, 'completed');
}

async function loadEntity(
  runId: string,
  entity: string,
  target: TestDatabase,
  control: Control,
): Promise<void> {
  const entityNo = await control.mappings.ensureEntity(plan.migration, entity);
  await control.entities.start({ runId, entity, expectedRows: 10 });
  for (const [from, upTo] of [
    [1, 4],
    [5, 8],
    [9, 10],
  ] as const) {
    const after = from === 1 ? null : [String(from - 1)];
    const range = { after, upTo: upTo === 10 ? null : [String(upTo)] };
    const batchId = await control.batches.plan({ runId, entity, range });
    const count = upTo - from + 1;
    // several statements in one query are one transaction, which the run enters as a batch does
    await target.query(
      `insert into towpath.run_transactions (run_id, xid) values ('${runId}', txid_current());
       insert into moved.${entity} ${rows[entity]} from generate_series(${from}, ${upTo}) n`,
    );
    await target.query(
      `insert into towpath.mapping_pairs select ${entityNo}, n::text, ${idOf(entity)}, ${batchId} from generate_series(${from}, ${upTo}) n`,
    );
    const counters = {
      rowsRead: count,
      rowsWritten: count,
      rowsQuarantined: 0,
      rowsRepaired: 0,
      bytesRead: 1,
      bytesWritten: 1,
    };
    await control.batches.complete(target, batchId, counters);
  }
  await target.query(
    `update towpath.entity_migration_status set state = 'completed' where run_id = $1 and entity = $2`,
    [runId, entity],
  );
}
