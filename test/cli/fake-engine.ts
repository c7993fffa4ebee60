/** An engine without databases, for the tests of the command line: answers what the test says, remembers what was asked. */

import type {
  Engine,
  EntityStatus,
  RunResult,
  RunStatus,
  ValidationReport,
} from '../../engine/contract/contract.ts';
import { createEventPublisher } from '../../engine/core/events.ts';
import { sampleReport } from '../engine/report/sample-report.ts';

export interface Asked {
  readonly method: string;
  readonly values: readonly unknown[];
}

export interface FakeEngine {
  readonly engine: Engine;
  readonly asked: readonly Asked[];
  closed(): boolean;
}

export function createFakeEngine(answers: Partial<Engine> = {}): FakeEngine {
  const asked: Asked[] = [];
  let closed = false;
  const events = answers.events ?? createEventPublisher();
  const usual: Partial<Engine> = {
    preflight: async () => [
      { name: 'connect', status: 'pass', message: 'Both servers answer.', remedy: null },
    ],
    migrate: async () => fakeResult(),
    resume: async () => fakeResult(),
    approve: async () => fakeApproval,
    acceptSetAside: async () => [fakeApproval],
    requestPause: async () => {},
    requestCancel: async () => {},
    runs: async () => [fakeStatus()],
    status: async () => fakeStatus(),
    validate: async () => fakeValidation(),
    rollback: async ({ preview }) => ({
      runId: 'r1',
      preview,
      entities: [{ entity: 'offices', rows: 10, tableDropped: true, kept: 0 }],
    }),
    quarantine: async () => [fakeRow],
    causes: async () => sampleReport().causes.slice(),
    report: async () => sampleReport(),
    cleanup: async () => ({ removed: { migration_checkpoints: 3 } }),
    ...answers,
  };
  const engine = new Proxy(usual, {
    get(target, name: keyof Engine) {
      if (name === 'events') return events;
      if ((name as string) === 'then') return undefined; // it is awaited, and is no promise
      if (name === 'close') {
        return async () => {
          closed = true;
        };
      }
      return (...values: unknown[]) => {
        asked.push({ method: name, values });
        const answer = target[name] as ((...all: unknown[]) => unknown) | undefined;
        if (answer === undefined) throw new Error(`The fake engine has no answer for ${name}.`);
        return answer(...values);
      };
    },
  }) as Engine;
  return { engine, asked, closed: () => closed };
}

const fakeApproval = {
  id: 'a1',
  planHash: 'f00d'.repeat(16),
  approver: 'tester',
  maxRows: 1000,
  expiresAt: '2026-11-13T10:00:00.000Z',
};

export const fakeRow = {
  id: '7',
  runId: 'r1',
  entity: 'payments',
  legacyId: '311',
  batchId: 4,
  reason: 'orphan-reference',
  sqlstate: null,
  column: 'purchase_id',
  message: 'The purchase does not exist.',
  sourceRow: { id: 311, note: 'a private word', payer: 'someone@example.com' },
  createdAt: '2026-11-12T10:00:00.000Z',
};

export function fakeEntity(more: Partial<EntityStatus> = {}): EntityStatus {
  return {
    entity: 'offices',
    level: 1,
    state: 'completed',
    outcome: 'COMPLETED',
    totalRecords: 10,
    rowsRead: 10,
    written: 9,
    repaired: 2,
    quarantined: 1,
    excluded: 0,
    batches: 1,
    startedAt: '2026-11-12T10:00:00.000Z',
    finishedAt: '2026-11-12T10:01:02.345Z',
    error: null,
    ...more,
  };
}

export function fakeStatus(more: Partial<RunStatus> = {}): RunStatus {
  return {
    runId: 'r1',
    migration: 'legacy',
    state: 'completed',
    planHash: 'f00d'.repeat(16),
    startedAt: '2026-11-12T10:00:00.000Z',
    updatedAt: '2026-11-12T10:01:02.345Z',
    finishedAt: '2026-11-12T10:01:02.345Z',
    entities: [fakeEntity(), fakeEntity({ entity: 'doctors', level: 2 })],
    alive: false,
    error: null,
    ...more,
  };
}

export function fakeResult(more: Partial<RunResult> = {}): RunResult {
  return {
    ...fakeStatus(),
    dryRun: false,
    gate: { status: 'passed', level: null, findings: [] },
    validation: fakeValidation(),
    milliseconds: 62_345,
    ...more,
  };
}

export function fakeValidation(more: Partial<ValidationReport> = {}): ValidationReport {
  const check = {
    status: 'pass',
    expected: '9',
    actual: '9',
    tolerance: '0',
    message: 'Equal.',
    sql: null,
    milliseconds: 1,
  } as const;
  return {
    runId: 'r1',
    type: 'all',
    timestamp: '2026-11-12T10:02:00.000Z',
    overallStatus: 'verified',
    checks: ['offices', 'doctors'].flatMap((entity) =>
      ['record-count', 'foreign-key', 'row-compare'].map((type) => ({ entity, type, ...check })),
    ),
    issues: [],
    notVerified: [],
    recommendations: [],
    rowsCompared: 18,
    valuesCompared: 180,
    money: [],
    ...more,
  };
}
