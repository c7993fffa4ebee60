import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunStatus } from '../../../engine/contract/run.ts';
import type { ValidationReport } from '../../../engine/contract/validation.ts';
import { type Control, createControl } from '../../../engine/control/control.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import { collectReport } from '../../../engine/report/collect.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { plan } from '../rollback/loaded-run.ts';

const target = useTestDatabase();
const runId = 'run-1';
const clock = { now: () => new Date('2026-11-12T10:44:00Z') };
let database: Database;
let control: Control;

beforeAll(async () => {
  database = createDatabase(target.connection, 'target', { log: createSilentLog() });
  control = createControl(database);
  await control.ensure();
  await control.runs.create({ runId, migration: 'test', planHash: 'p' });
});
afterAll(() => database.end());

const entity = (name: string, state: 'completed' | 'failed' = 'completed') => ({
  ...{
    entity: name,
    level: 1,
    state,
    outcome: null,
    totalRecords: 10,
    rowsRead: 10,
    written: 10,
    repaired: 0,
  },
  ...{ quarantined: 0, excluded: 0, batches: 1, startedAt: null, finishedAt: null, error: null },
});

const run: RunStatus = {
  ...{
    runId,
    migration: 'test',
    state: 'completed',
    planHash: 'p',
    startedAt: '',
    updatedAt: '',
    finishedAt: null,
  },
  ...{ alive: false, error: null, entities: [entity('offices'), entity('orders', 'failed')] },
};

const validation: ValidationReport = {
  ...{
    runId,
    type: 'all',
    timestamp: '2026-11-12T10:00:00Z',
    overallStatus: 'verified',
    checks: [],
    issues: [],
  },
  ...{
    notVerified: ['order of rows'],
    recommendations: [],
    rowsCompared: 20,
    valuesCompared: 100,
    money: [],
  },
};

test('without a validation the report says that nobody has compared anything', async () => {
  const report = await collectReport({ control, run, plan, clock });
  expect(report.validation).toBeNull();
  expect(report.notVerified).toEqual([
    'Not part of this run, so not looked at: cases.',
    'Not completed: orders (failed).',
    'The result was not validated: nobody has compared source and target yet.',
  ]);
  expect(report.plan).toEqual({ hash: 'p', migration: 'test', entities: 3, rows: 20 });
  expect(report.generatedAt).toBe('2026-11-12T10:44:00.000Z');
});

test('the newest full validation counts, and what it did not check is passed on', async () => {
  const stored = { runId, status: 'verified' };
  await control.validations.add({ ...stored, type: 'all', report: validation });
  await control.validations.add({
    ...stored,
    type: 'integrity',
    report: { ...validation, type: 'integrity' },
  });
  const report = await collectReport({ control, run, plan, clock });
  expect(report.validation).toEqual(validation);
  expect(report.notVerified).toContain('order of rows');
  expect(report.notVerified.join()).not.toContain('nobody has compared');
});

test('a validation that cannot be read is never taken for one', async () => {
  await control.validations.add({
    runId,
    type: 'all',
    status: 'verified',
    report: { overallStatus: 'verified' },
  });
  const report = await collectReport({ control, run, plan, clock });
  expect(report.validation).toBeNull();
  expect(report.notVerified.at(-1)).toContain('cannot read');
});

test('approvals are told with who gave them, when and why', async () => {
  await control.approvals.add({
    action: 'migrate',
    planHash: 'p',
    approver: 'Ada',
    reason: 'looked at it',
    validSeconds: 60,
  });
  await control.approvals.add({ action: 'migrate', planHash: 'another', approver: 'Bob', validSeconds: 60 });
  await control.approvals.use({ action: 'migrate', planHash: 'p', runId });
  const { approvals } = await collectReport({ control, run, plan, clock });
  expect(approvals).toHaveLength(1);
  expect(approvals[0]).toMatchObject({
    approver: 'Ada',
    action: 'migrate',
    reason: 'looked at it',
    planHash: 'p',
  });
});
