/** A small legacy clinic, moved by a real run: what the validation tests corrupt on purpose. */

import { createControl } from '../../../engine/control/control.ts';
import { createClock } from '../../../engine/core/clock.ts';
import { createEventPublisher, type TowpathEvent } from '../../../engine/core/events.ts';
import { createFailpoints } from '../../../engine/core/failpoints.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import { createRecovery } from '../../../engine/db/recovery.ts';
import { type PlanFile, type PlanFileInput, planFile } from '../../../engine/plan/plan-file.ts';
import { startRun } from '../../../engine/run/run-migration.ts';
import { introspect } from '../../../engine/schema/introspect.ts';
import { createValidation, type ValidationInput } from '../../../engine/validation/validation.ts';
import type { TestDatabase } from '../../helpers/test-database.ts';

export const SOURCE_SQL = `
  create table doctors (id int primary key, name varchar(60) not null, email text, rating numeric, chief_id int);
  create table visits (
    id int primary key, doctor_id int, status smallint not null, note text, fee numeric(12,2), currency char(3),
    happened timestamp not null, weight numeric, details text, extra jsonb, tag varchar(8));
  create table tags (visit_id int, word text, primary key (visit_id, word));
  insert into doctors select i, 'Doctor ' || i, case when i % 5 = 0 then '' else 'd' || i || '@example.org' end,
    (i * 1.10)::numeric, nullif(i - 1, 0) from generate_series(1, 40) i;
  insert into visits select i, 1 + i % 40, i % 3, case when i % 7 = 0 then '' else 'note ü ' || i end,
    (i * 0.37)::numeric(12,2), case when i % 2 = 0 then 'EUR' else 'USD' end,
    timestamp '2020-01-01 00:00:00.123456' + i * interval '1 hour', (i || '.50')::numeric,
    '{"b": ' || i || ', "a": [1.0, 1e2, "x"], "b": ' || i || '.10}', jsonb_build_object('k', i, 'deep', jsonb_build_array(i)),
    't' || i from generate_series(1, 3000) i;
  update visits set status = 9 where id in (17, 18);
  update visits set fee = 'NaN' where id = 19;
  update visits set doctor_id = 999 where id = 20;
  insert into tags select i, 'w' || i from generate_series(1, 50) i;`;

const sure = { confidence: 1, reason: 'test' };
const common = { priority: 'high', phase: 'one', difficulty: 'easy' } as const;

function plan(fingerprint: string): PlanFile {
  const input: PlanFileInput = {
    version: 1,
    migration: 'clinic',
    source: { database: 'legacy', schemas: ['public'], fingerprint },
    target: { schema: 'public', create: true },
    settings: { maxFailureRate: 0.5 },
    entities: [
      {
        ...common,
        name: 'doctors',
        source: { schema: 'public', table: 'doctors' },
        target: { schema: 'public', table: 'doctors' },
        key: { columns: ['id'], kind: 'integer' },
        level: 1,
        estimatedRows: 40,
        deferred: ['chief_id'],
        uniques: [{ name: 'doctors_email_key', columns: ['email'] }],
        columns: [
          { ...sure, to: 'id', type: 'uuid', nullable: false, transform: { kind: 'uuid' } },
          { ...sure, to: 'legacy_id', type: 'integer', nullable: false, from: 'id' },
          { ...sure, to: 'name', type: 'text', nullable: false, from: 'name' },
          {
            ...sure,
            to: 'email',
            type: 'text',
            nullable: true,
            from: 'email',
            transform: { kind: 'empty-to-null' },
          },
          { ...sure, to: 'rating', type: 'numeric', nullable: true, from: 'rating' },
          {
            ...sure,
            to: 'chief_id',
            type: 'uuid',
            nullable: true,
            from: 'chief_id',
            transform: { kind: 'reference', entity: 'doctors', onMissing: 'null' },
          },
        ],
      },
      {
        ...common,
        name: 'visits',
        source: { schema: 'public', table: 'visits' },
        target: { schema: 'public', table: 'visits' },
        key: { columns: ['id'], kind: 'integer' },
        level: 2,
        estimatedRows: 3000,
        checks: [{ name: 'visits_fee_check', expression: 'fee >= 0' }],
        indexes: [{ name: 'visits_doctor_idx', columns: ['doctor_id'] }],
        columns: [
          { ...sure, to: 'id', type: 'uuid', nullable: false, transform: { kind: 'uuid' } },
          { ...sure, to: 'legacy_id', type: 'integer', nullable: false, from: 'id' },
          {
            ...sure,
            to: 'doctor_id',
            type: 'uuid',
            nullable: true,
            from: 'doctor_id',
            transform: { kind: 'reference', entity: 'doctors' },
          },
          {
            ...sure,
            to: 'status',
            type: 'text',
            nullable: false,
            from: 'status',
            transform: { kind: 'choice', map: { 0: 'open', 1: 'held', 2: 'done' } },
          },
          { ...sure, to: 'note', type: 'text', nullable: true, from: 'note' },
          {
            ...sure,
            to: 'fee',
            type: 'numeric(12,2)',
            nullable: true,
            from: 'fee',
            transform: { kind: 'money', scale: 2 },
            money: { currency: 'currency', month: 'happened' },
          },
          { ...sure, to: 'currency', type: 'text', nullable: true, from: 'currency' },
          {
            ...sure,
            to: 'happened_at',
            type: 'timestamp with time zone',
            nullable: false,
            from: 'happened',
            transform: { kind: 'time-zone', zone: 'UTC' },
          },
          { ...sure, to: 'weight', type: 'numeric', nullable: true, from: 'weight' },
          {
            ...sure,
            to: 'details',
            type: 'jsonb',
            nullable: true,
            from: 'details',
            transform: { kind: 'json' },
          },
          {
            ...sure,
            to: 'tag',
            type: 'character(8)',
            nullable: true,
            from: 'tag',
            transform: { kind: 'trim' },
          },
          {
            ...sure,
            to: 'metadata',
            type: 'jsonb',
            nullable: false,
            transform: { kind: 'metadata', columns: ['extra'] },
          },
        ],
      },
      {
        ...common,
        name: 'tags',
        source: { schema: 'public', table: 'tags' },
        target: { schema: 'public', table: 'tags' },
        key: { columns: ['visit_id', 'word'], kind: 'composite' },
        level: 3,
        estimatedRows: 50,
        columns: [
          { ...sure, to: 'id', type: 'uuid', nullable: false, transform: { kind: 'uuid' } },
          { ...sure, to: 'legacy_id', type: 'text', nullable: false },
          {
            ...sure,
            to: 'visit_id',
            type: 'uuid',
            nullable: false,
            from: 'visit_id',
            transform: { kind: 'reference', entity: 'visits' },
          },
          { ...sure, to: 'word', type: 'text', nullable: false, from: 'word' },
        ],
        indexes: [{ name: 'tags_visit_idx', columns: ['visit_id'] }],
      },
    ],
    groups: {},
    phases: [{ name: 'one', entities: ['doctors', 'visits', 'tags'] }],
    estimate: { rows: 3090, bytes: 1, seconds: 1 },
  };
  return planFile.parse(input);
}

export type MovedClinic = Awaited<ReturnType<typeof moveClinic>>;

/** Builds the source, moves it, and gives what validates it. */
export async function moveClinic(
  sourceDatabase: TestDatabase,
  targetDatabase: TestDatabase,
  change: (plan: PlanFile) => PlanFile = (same) => same,
) {
  await sourceDatabase.query(SOURCE_SQL);
  const log = createSilentLog();
  const clock = createClock();
  const source = createDatabase(sourceDatabase.connection, 'source', { log });
  const target = createDatabase(targetDatabase.connection, 'target', { log });
  const control = createControl(target);
  const events = createEventPublisher();
  const seen: TowpathEvent[] = [];
  events.subscribe((event) => void seen.push(event));
  const catalog = await introspect(source, { schemas: ['public'], profiles: false, counts: 'none' });
  const planned = change(plan(catalog.fingerprint));
  const none = async () => Promise.reject(new Error('not used'));
  const run = await startRun(
    {
      source,
      target,
      control,
      clock,
      log,
      events,
      failpoints: createFailpoints(undefined),
      code: null,
      recovery: createRecovery({ maxAttempts: 1 }),
      validate: none,
    },
    planned,
    {
      entities: [],
      withDependencies: false,
      dryRun: false,
      batchSize: 500,
      maxConcurrency: 2,
      checkpointFrequency: 10,
      timeoutMinutes: null,
      maxFailureRate: null,
      validate: false,
      approveAs: 'tester',
    },
    true, // some plans here lose digits on purpose
  );
  const namespace = await control.runs.namespace(run.runId);
  return {
    source,
    target,
    control,
    run,
    plan: planned,
    events: seen,
    validate: (options: Partial<ValidationInput> = {}, from: Database = source) =>
      createValidation({ source: from, target, control, clock, log, events, code: null }).validate({
        plan: planned,
        catalog,
        runId: run.runId,
        namespace,
        type: 'all',
        entities: [],
        fix: false,
        ...options,
      }),
    close: async () => {
      await Promise.all([source.end(), target.end()]);
    },
  };
}
