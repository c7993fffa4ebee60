/** A journey that answers with facts as they could be, for tests of what stands above it. */
import type { z } from 'zod';
import type {
  approvalCard,
  GuideView,
  Journey,
  JourneyGuide,
  JourneyState,
  RunFacts,
  Told,
} from '../../engine/index.ts';

export const card: z.infer<typeof approvalCard> = {
  id: 'a-1',
  action: 'migrate',
  state: 'requested',
  title: 'Move 86,214 records',
  effect: ['86,214 records of 45 kinds move into the new system.'],
  maxRows: 86_214,
  reversible: { answer: 'yes', how: 'Until the clean-up.' },
  inTarget: 'The new system is empty.',
  needsReason: false,
  planHash: 'abc',
  sourceFingerprint: 'source',
  targetFingerprint: 'target',
  runId: null,
  requestedBy: 'orchestrator',
  requestedAt: '2026-11-21T08:00:00.000Z',
  expiresAt: '2026-11-22T08:00:00.000Z',
  decidedBy: null,
  decidedAt: null,
  reason: null,
};

export const runFactsNow: RunFacts = {
  runId: 'run-1',
  state: 'copying',
  alive: true,
  level: 2,
  levels: 11,
  totalRecords: 100,
  written: 40,
  repaired: 1,
  setAside: 2,
  gateClosed: false,
  error: null,
};

export const stateNow: JourneyState = {
  step: 'plan',
  source: 'legacy on 127.0.0.1',
  target: 'supabase on 127.0.0.1',
  catalog: null,
  plan: null,
  rehearsal: null,
  run: null,
  validation: null,
  report: [],
  signedOff: null,
  approvals: [],
  inTarget: 'The new system is empty.',
  undo: 'There is nothing to undo.',
  next: 'Make a plan.',
};

const told = <Data>(words: string, data: Data): Promise<Told<Data>> =>
  Promise.resolve({ words, data, choices: ['Go on'] });

const needs = () => Promise.resolve({ status: 'needs-approval' as const, card, words: 'This needs a yes.' });

/** `over` replaces single answers. `calls` lists every call in order. */
export function createFakeJourney(over: Partial<Journey> = {}): {
  journey: Journey;
  calls: [string, unknown[]][];
} {
  const calls: [string, unknown[]][] = [];
  const table = {
    table: 'patients',
    rows: 3,
    columns: 1,
    difficulty: 'easy' as const,
    entity: null,
  };
  const column = {
    column: 'name',
    type: 'text',
    nullable: true,
    nullRate: 0,
    distinct: 3,
    min: null,
    max: null,
    values: null,
    patterns: [],
    personal: 'name',
    references: null,
    comment: null,
  };
  const plan = {
    hash: 'abc',
    migration: 'lab',
    entities: 1,
    levels: 1,
    rows: 3,
    seconds: 1,
    excluded: [],
    risks: [],
    unsure: [],
    mistakes: [],
  };
  const change = {
    changed: true,
    before: 'copy',
    after: 'trim',
    hashBefore: 'abc',
    hashAfter: 'def',
    mistakes: [],
    approvalsLost: 0,
  };
  const answers = {
    answered: [],
    changes: [],
    open: 0,
    next: null,
    hashBefore: 'abc',
    hashAfter: 'abc',
    mistakes: [],
    approvalsLost: 0,
  };
  const replies: Journey = {
    state: async () => stateNow,
    approvals: async () => [card],
    whereWeAre: () => told('We are at the plan. The new system is empty.', stateNow),
    preflight: () => told('All well.', []),
    analyse: () =>
      told('45 kinds of records.', {
        tables: 45,
        rows: 86_214,
        largest: [],
        housekeeping: [],
        foreignKeys: 1,
        inferred: 0,
        personalColumns: 1,
        difficulty: { easy: 1, moderate: 0, hard: 0 },
        takenAt: '2026-11-21T08:00:00.000Z',
        fingerprint: 'source',
      }),
    tables: () => told('One table.', [table]),
    table: () =>
      told('Patients.', {
        ...table,
        primaryKey: ['id'],
        foreignKeys: [],
        referencedBy: [],
        columnFacts: [column],
        reasons: [],
        housekeeping: null,
        comment: null,
      }),
    causeCards: () =>
      told('Three records are set aside.', [
        {
          ...{ id: '0a1b2c3d', entity: 'patients', reason: 'too-long', column: 'name', form: 'text(33-255)' },
          ...{ rows: 3, explanation: 'The text is too long.', samples: ['A•••'] },
          ...{ suggestion: 'Leave name empty.', loses: 'The names.', advice: null },
        },
      ]),
    tryFix: () =>
      told('Tried, and nothing was written: 2 of 3 records would be moved.', {
        ...{ rows: 3, wouldMove: 2, wouldBeSame: 0, wouldBeRepaired: 0, gone: 0, leftOut: 0 },
        stillHeld: [{ entity: 'patients', rows: 1, explanation: 'The text is too long.' }],
        onlyAtRetry: [],
        refusal: null,
      }),
    retryHeld: needs,
    tryCode: () =>
      told('The code was tried on 2 rows. Nothing was changed: the plan is as it was.', {
        entity: 'patients',
        code: 'the code of name',
        reads: ['name'],
        writes: ['name'],
        outcome: 'passed',
        typeErrors: [],
        typeErrorCount: 0,
        failure: null,
        tried: 2,
        setAside: 0,
        troubles: [],
        rows: [{ key: '1', before: { name: 'Xxxx' }, after: { name: 'XXXX' }, trouble: null }],
        repeatable: true,
        rowsPerSecond: 1000,
        unchecked: [],
      }),
    column: () => told('A name.', column),
    personal: () =>
      told('One field is personal.', [
        { table: 'patients', columns: [{ column: 'name', kind: 'name', confidence: 0.85 }] },
      ]),
    assessment: () =>
      told('It is easy to move.', {
        grade: 'easy',
        reasons: [],
        tables: { easy: 1, moderate: 0, hard: 0 },
        hardest: [],
        estimate: {
          rows: 1,
          bytes: 8192,
          seconds: { low: 1, likely: 1, high: 3 },
          targetBytes: 16_384,
          walBytes: 20_000,
        },
        decisions: [],
        decisionsCount: 0,
        notMoving: [],
        staysBehind: [],
        columns: [],
        personalColumns: 1,
        guessedLinks: 0,
        unknown: [],
      }),
    plan: () => told('One kind of records.', plan),
    questions: () =>
      told('The plan has no questions for you.', {
        total: 0,
        open: 0,
        unanswered: 0,
        next: null,
        questions: [],
      }),
    answerQuestion: () => told('Noted.', answers),
    takeRecommended: () => told('Noted.', answers),
    mapping: () =>
      told('One column.', {
        entity: 'patients',
        from: 'patients',
        to: 'patients',
        level: 1,
        rows: 3,
        where: null,
        columns: [
          {
            to: 'name',
            from: 'name',
            type: 'text',
            transform: [{ kind: 'trim' }],
            onMisfit: 'quarantine',
            confidence: 1,
            reason: 'same name',
          },
        ],
        leftOut: [],
      }),
    drift: () => told('Nothing has changed.', { drifted: false, changes: [], paused: [] }),
    ddl: () => told('One statement.', ['create table patients (\n  id uuid\n)']),
    run: () => told('Step 2 of 11.', runFactsNow),
    causes: () => told('Nothing set aside.', []),
    findings: () => told('No differences.', []),
    row: () =>
      told('Moved.', {
        entity: 'patients',
        legacyId: '7',
        fate: 'moved',
        newId: 'x',
        batchId: 1,
        retried: null,
        runId: 'run-1',
        reason: null,
        repairs: [],
        steps: [],
        pointsTo: [],
        approvedBy: 'Ada',
        planHash: null,
        verified: 'verified',
        changed: null,
        notKnown: [],
        source: { name: 'A••' },
      }),
    report: () => told('Verified.', report),
    events: () => told('Nothing yet.', []),
    auditVerdict: () =>
      told('The audit log is whole.', {
        ...{ intact: true, entries: 3, fault: null, brokenAt: null, lastHash: null },
        ...{ guarded: true, endChecked: false },
      }),
    auditEntries: () => told('Nothing has been entered yet.', []),
    createPlan: () => told('A plan.', plan),
    changePlan: () => told('Changed.', change),
    checkChange: () => told('It would change.', change),
    requestApproval: () => told('Asked.', card),
    rehearse: needs,
    start: needs,
    pause: () => told('Pausing.', runFactsNow),
    resume: () => told('Going on.', runFactsNow),
    cancel: () => told('Ending.', runFactsNow),
    untilNextLevel: () => told('Step 3.', runFactsNow),
    validate: () =>
      told('All compared.', {
        runId: 'run-1',
        overallStatus: 'verified',
        rowsCompared: 3,
        valuesCompared: 9,
        issues: [],
        notVerified: [],
      }),
    writeReport: () => told('Written.', report),
    acceptSetAside: needs,
    rollback: needs,
    previewRollback: () =>
      told('Undoing the move would take 3 records out of the new system again.', {
        ...{ runId: 'run-1', removed: 3, restored: 0, kept: 0, tablesDropped: 1 },
        ...{ leftChanged: 0, leftNeeded: 0, forced: 0, goneBefore: 0 },
      }),
    cleanUp: needs,
    signOff: needs,
    ...over,
  };
  return { journey: recording(replies, calls), calls };
}

const report = {
  runId: 'run-1',
  state: 'completed',
  moved: 3,
  setAside: 0,
  repaired: 0,
  excludedTables: 0,
  moneyColumns: 0,
  moneyEqual: null,
  verified: 'verified' as const,
  notVerified: [],
  approvals: [],
  files: [],
};

function recording(journey: Journey, calls: [string, unknown[]][]): Journey {
  return new Proxy(journey, {
    get(target, name) {
      const call = Reflect.get(target, name);
      if (typeof call !== 'function' || typeof name !== 'string') return call;
      return (...args: unknown[]) => {
        calls.push([name, args]);
        return Reflect.apply(call, target, args);
      };
    },
  });
}

export const question: GuideView = {
  state: 'waiting',
  guideId: 'guide-1',
  card: {
    kind: 'question',
    step: 'analyse',
    title: 'Shall I plan?',
    text: 'I found 45 kinds of records.',
    choices: [
      { id: 'plan', label: 'Make a plan' },
      { id: 'stop', label: 'Stop' },
    ],
    recommended: 'plan',
  },
  cardId: 'card-1',
  words: 'I found 45 kinds of records. Shall I plan?',
  choices: [
    { id: 'plan', label: 'Make a plan' },
    { id: 'stop', label: 'Stop' },
  ],
  outcome: null,
};

/** Shows one view whatever it is asked; `asked` lists what it was told. */
export function createFakeGuide(view: GuideView = question): { guide: JourneyGuide; asked: unknown[] } {
  const asked: unknown[] = [];
  const show = async (told: unknown) => {
    asked.push(told);
    return view;
  };
  return { guide: { start: show, continue: show, current: () => show(null), leave: show }, asked };
}
