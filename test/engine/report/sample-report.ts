/** A made-up report for the tests of the renderers; its figures add up. */
import type { ReportData, ReportedCheck, ReportedEntity } from '../../../engine/report/report-data.ts';

export function reportedEntity(
  entity: string,
  level: number,
  rows: number,
  more: Partial<ReportedEntity> = {},
): ReportedEntity {
  const { quarantined = 0, excluded = 0 } = more;
  return {
    entity,
    level,
    state: 'completed',
    outcome: 'COMPLETED',
    batches: 1,
    startedAt: null,
    finishedAt: null,
    totalRecords: rows - excluded,
    rowsRead: rows - excluded,
    written: rows - quarantined - excluded,
    repaired: 0,
    quarantined,
    excluded,
    error: null,
    ...more,
  };
}

export function reportedCheck(
  entity: string,
  type: string,
  more: Partial<ReportedCheck> = {},
): ReportedCheck {
  return {
    entity,
    type,
    status: 'pass',
    expected: '0',
    actual: '0',
    tolerance: '0',
    message: 'It holds.',
    sql: null,
    milliseconds: 1,
    ...more,
  };
}

const names: readonly (readonly [string, number, number])[] = [
  ['offices', 1, 898],
  ['profiles', 1, 9886],
  ['doctors', 2, 1339],
  ['orders', 4, 25259],
  ['tasks', 6, 953224],
  ['case_files', 7, 160303],
  ['system_messages', 8, 2191123],
  ['payments', 10, 17297],
];

export function sampleReport(): ReportData {
  const aside: Readonly<Record<string, number>> = { case_files: 80, payments: 26 };
  const repaired: Readonly<Record<string, number>> = { profiles: 13, tasks: 476 };
  const entities = names.map(([name, level, rows]) =>
    reportedEntity(name, level, rows, { quarantined: aside[name] ?? 0, repaired: repaired[name] ?? 0 }),
  );
  const moved = entities.reduce((sum, entity) => sum + entity.written, 0);
  const types = ['record-count', 'mapping', 'primary-key', 'foreign-key', 'not-null', 'row-compare'];
  const sql = (entity: string, type: string) =>
    type === 'record-count' ? `select count(*) from public.${entity}` : null;
  return {
    run: {
      runId: 'run_20261112_1004',
      migration: 'northgate',
      state: 'completed',
      planHash: 'a07b31fe'.repeat(8),
      startedAt: '2026-11-12T10:04:00.000Z',
      updatedAt: '2026-11-12T10:11:30.000Z',
      finishedAt: '2026-11-12T10:11:30.000Z',
      alive: false,
      entities,
      error: null,
    },
    plan: { hash: 'a07b31fe'.repeat(8), migration: 'northgate', entities: entities.length, rows: moved },
    approvals: [
      {
        approver: 'Marta Lindqvist',
        action: 'migrate',
        planHash: 'a07b31fe'.repeat(8),
        at: '2026-11-12T10:03:00.000Z',
        reason: 'Agreed in the meeting',
      },
    ],
    causes: [
      {
        entity: 'case_files',
        outcome: 'quarantined',
        reason: 'orphan-reference',
        sqlstate: null,
        column: 'file_id',
        rows: 80,
        explanation: 'The file they belong to no longer exists.',
      },
      {
        entity: 'payments',
        outcome: 'quarantined',
        reason: 'excess-scale',
        sqlstate: null,
        column: 'amount',
        rows: 26,
        explanation: 'The amount has parts of a cent.',
      },
      {
        entity: 'tasks',
        outcome: 'repaired',
        reason: 'orphan-reference',
        sqlstate: null,
        column: 'assignee_id',
        rows: 476,
        explanation: 'The person they were given to no longer exists; the field is empty now.',
      },
      {
        entity: 'profiles',
        outcome: 'repaired',
        reason: 'malformed-email',
        sqlstate: null,
        column: 'email',
        rows: 13,
        explanation: 'The address cannot be used; a placeholder stands in its place.',
      },
    ],
    validation: {
      runId: 'run_20261112_1004',
      type: 'all',
      timestamp: '2026-11-12T10:44:00.000Z',
      overallStatus: 'verified',
      checks: [
        ...entities.flatMap((entity) =>
          types.map((type) => reportedCheck(entity.entity, type, { sql: sql(entity.entity, type) })),
        ),
        reportedCheck('payments', 'money', { message: 'All sums are equal.' }),
      ],
      issues: [],
      notVerified: ['The files themselves: their contents are still on the old server.'],
      recommendations: ['Ask 3,757 people to choose a new password.'],
      rowsCompared: moved,
      valuesCompared: moved * 12,
      money: [
        {
          entity: 'payments',
          column: 'amount',
          currency: 'GBP',
          month: '2026-01',
          rows: '12000',
          source: '8214377.15',
          target: '8214377.15',
          quarantined: '0.00',
        },
        {
          entity: 'payments',
          column: 'amount',
          currency: 'GBP',
          month: '2026-02',
          rows: '604',
          source: '4118.305',
          target: '0.10',
          quarantined: '4118.205',
        },
        {
          entity: 'payments',
          column: 'amount',
          currency: 'EUR',
          month: '2026-01',
          rows: '4667',
          source: '-41230.60',
          target: '-41230.60',
          quarantined: '0.00',
        },
      ],
    },
    throughput: Array.from({ length: 40 }, (_, i) => ({
      at: new Date(Date.parse('2026-11-12T10:04:00.000Z') + i * 11_000).toISOString(),
      rowsPerSecond: 6000 + Math.round(3500 * Math.sin(i / 5) + 90 * i),
    })),
    excludedTables: [{ table: 'public.django_session', reason: 'Sign-in sessions of the old software.' }],
    notVerified: ['What was changed in the old system after 10:04.'],
    generatedAt: '2026-11-12T10:45:00.000Z',
  };
}
