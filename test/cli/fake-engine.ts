/** An engine without databases, for the tests of the command line: answers what the test says, remembers what was asked. */

import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import type { AuditEntry } from '../../engine/contract/audit.ts';
import type { Engine } from '../../engine/contract/contract.ts';
import type { RowExplanation } from '../../engine/contract/explain.ts';
import type { CauseCard, ExportedRow, RetryReport, TryReport } from '../../engine/contract/quarantine.ts';
import type { EntityStatus, RunResult, RunStatus } from '../../engine/contract/run.ts';
import type { ValidationReport } from '../../engine/contract/validation.ts';
import { MigrationError } from '../../engine/core/errors.ts';
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

export function fakeExplanation(parts: Partial<RowExplanation> = {}): RowExplanation {
  const step = { misfit: null };
  return {
    entity: 'patients',
    legacyId: '4711',
    newId: '0c8e2e0e-6f9c-5d53-9b0a-6d1f0f1f3a55',
    fate: 'moved',
    words: 'patients 4711 is in the target.',
    next: null,
    leftOut: null,
    run: { runId: 'r1', state: 'completed', planHash: 'a'.repeat(64) },
    batch: { batchId: 7, finishedAt: '2026-03-01T09:00:00.000Z' },
    retried: null,
    approval: { approver: 'Ada', at: '2026-03-01T08:00:00.000Z', reason: null },
    quarantine: null,
    repairs: [],
    source: { name: ' Berg ' },
    columns: [
      {
        column: 'name',
        from: 'name',
        type: 'text',
        steps: [
          { ...step, kind: 'trim', words: 'loses spaces at its ends', before: ' Berg ', after: 'Berg' },
          { ...step, kind: 'upper', words: 'becomes upper case', before: 'Berg', after: 'BERG' },
        ],
        value: 'BERG',
        held: 'BERG',
        misfit: null,
        repaired: null,
      },
    ],
    references: [{ column: 'ward_id', entity: 'wards', legacyId: 'A 1', newId: null, fate: 'set-aside' }],
    changes: { source: 'same', target: 'same', columns: [], words: '' },
    verification: { state: 'verified', at: '2026-03-01T10:00:00.000Z', words: 'Nothing differs.' },
    notKnown: [],
    ...parts,
  };
}

/** Oldest first; as many as there are. */
export const fakeAudit: readonly AuditEntry[] = ['approval.granted', 'run.copying', 'run.completed'].map(
  (action, i) => ({
    seq: String(i + 1),
    at: `2026-03-01T09:0${i}:00.000Z`,
    actor: i === 0 ? 'Ada' : 'towpath',
    action,
    details: { runId: 'r1' },
    previousHash: String(i).repeat(64),
    hash: String(i + 1).repeat(64),
  }),
);

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
    requestApproval: async (wish, requestedBy) => fakeCard({ action: wish.action, requestedBy }),
    approvals: async ({ states } = {}) =>
      [fakeCard()].filter(({ state }) => states === undefined || states.includes(state)),
    decideApproval: async (id, { decision, by, reason = null }) =>
      fakeCard({ id, state: decision === 'grant' ? 'granted' : 'declined', decidedBy: by, reason }),
    useApproval: async (wish) => fakeCard({ action: wish.action, state: 'used', decidedBy: 'tester' }),
    requestPause: async () => {},
    requestCancel: async () => {},
    runs: async () => [fakeStatus()],
    status: async () => fakeStatus(),
    validate: async () => fakeValidation(),
    rollback: async ({ preview, forceChanged = false }) => ({
      runId: 'r1',
      preview,
      forceChanged,
      entities: [
        {
          ...{ entity: 'offices', level: 1, rows: 10, tableDropped: true, kept: 0, forced: 0, goneBefore: 0 },
          left: { changed: 0, pointedAt: 0, rows: [] },
        },
      ],
      notVerified: [],
    }),
    quarantine: async () => [fakeRow],
    causes: async () => sampleReport().causes.slice(),
    causeCards: async () => [fakeCauseCard],
    async *exportHeld() {
      yield fakeExportedRow;
    },
    tryFix: async () => fakeTrial,
    retry: async () => fakeRetry,
    explainRow: async ({ entity, id }) => fakeExplanation({ entity, legacyId: id }),
    auditLog: async (limit) => fakeAudit.slice(0, limit),
    async *auditEntries() {
      yield* fakeAudit;
    },
    verifyAudit: async ({ hashes, hash } = {}) => ({
      intact: true,
      entries: fakeAudit.length,
      firstHash: fakeAudit[0]!.hash,
      lastHash: fakeAudit.at(-1)!.hash,
      witnessed: hashes !== undefined || hash !== undefined,
      guarded: true,
    }),
    report: async () => sampleReport(),
    storedPlan: async () => {
      throw new MigrationError({ code: 'UNKNOWN_PLAN', message: 'It is not kept.', hint: '' });
    },
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

const cause = {
  ...{ entity: 'payments', reason: 'orphan-reference', sqlstate: null, constraint: null },
  ...{ column: 'purchase_id', shape: 'digits(1-8)' },
};

export const fakeCauseCard: CauseCard = {
  ...cause,
  id: '0a1b2c3d',
  runId: 'r1',
  rows: 106,
  explanation: 'The row points to a record that does not exist.',
  samples: [{ legacyId: '7', value: '000' }],
  suggestion: {
    changes: [],
    words: 'Move these rows without the link in purchase_id.',
    loses: 'The link itself.',
  },
  advice: null,
};

const fakeExportedRow: ExportedRow = {
  ...{ entity: 'payments', sourceTable: '"public"."payment"', legacyId: '7', newId: null, state: 'held' },
  ...{
    reason: 'orphan-reference',
    sqlstate: null,
    constraint: null,
    column: 'purchase_id',
    message: 'no purchase',
  },
  ...{ runId: 'r1', batchId: 3, planHash: 'f00d', setAsideAt: '2026-11-12T10:00:00.000Z' },
  row: { id: '7', note: '=a private word', empty: '', nothing: null },
};

const fakeTrial: TryReport = {
  ...{
    runId: 'r1',
    planHash: 'f00d',
    rows: 106,
    wouldMove: 100,
    wouldBeDuplicates: 0,
    wouldBeRepaired: 2,
    gone: 1,
    leftOut: 1,
  },
  changedSince: 3,
  stillHeld: [{ ...cause, rows: 4, explanation: 'It points to nothing.', byTarget: false }],
  samples: [
    { entity: 'payments', legacyId: '7', before: { purchase_id: '000' }, after: { purchase_id: null } },
  ],
  onlyAtRetry: ['What the triggers of "payments" do: stamp.'],
  refusal: null,
};

export const fakeRetry: RetryReport = {
  ...{ runId: 'r1', planHash: 'f00d', rows: 106, validation: 'verified', runState: 'completed' },
  entities: [
    {
      ...{
        entity: 'payments',
        moved: 100,
        duplicates: 0,
        repaired: 2,
        stillHeld: 4,
        leftOut: 1,
        gone: 1,
        changedSince: 3,
      },
      relinked: 0,
    },
  ],
  stillHeld: [{ ...cause, rows: 4, explanation: 'It points to nothing.', byTarget: false }],
  canFollow: [{ card: 'ffff0000', entity: 'refunds', rows: 2 }],
};

const fakeApproval = {
  id: 'a1',
  planHash: 'f00d'.repeat(16),
  approver: 'tester',
  maxRows: 1000,
  expiresAt: '2026-11-13T10:00:00.000Z',
};

/** A request that waits. */
export function fakeCard(more: Partial<ApprovalCard> = {}): ApprovalCard {
  return {
    id: '5f0c1f6e-1111-4222-8333-944455556666',
    action: 'migrate',
    state: 'requested',
    title: 'Move about 20 records into the new system.',
    effect: ['2 kinds of records move in 2 steps.', 'The old database is only read.'],
    maxRows: 22,
    reversible: { answer: 'yes', how: 'Exactly these records are taken out again.' },
    inTarget: 'Nothing of this migration is in the new system.',
    needsReason: false,
    planHash: 'f00d'.repeat(16),
    sourceFingerprint: 'aa',
    targetFingerprint: 'bb',
    runId: null,
    requestedBy: 'guide',
    requestedAt: '2026-11-12T10:00:00.000Z',
    expiresAt: '2026-11-13T10:00:00.000Z',
    decidedBy: null,
    decidedAt: null,
    reason: null,
    ...more,
  };
}

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
