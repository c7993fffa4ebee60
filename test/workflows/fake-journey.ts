/**
 * A journey without databases: its state is a plain object that a test may change at any moment, its effects obey
 * approvals as the real one's do. For the logic of the graphs only; the real journey has its own tests beside these.
 */
import type { z } from 'zod';
import {
  type ApprovalAction,
  type ApprovalCard,
  type Effect,
  type Journey,
  type JourneyState,
  type JourneyStep,
  MigrationError,
  type questionFacts,
  type RunFacts,
  type Told,
} from '../../engine/index.ts';

type Card = Awaited<ReturnType<Journey['approvals']>>[number];

export interface FakeWorld {
  failedChecks: { message: string; remedy: string | null }[];
  analysed: boolean;
  planHash: string | null;
  mistakes: { path: string; message: string; hint: string }[];
  questions: z.infer<typeof questionFacts>[];
  rehearsed: { planHash: string; status: 'passed' | 'failed' } | null;
  /** What the next rehearsal gives. */
  rehearsal: 'passed' | 'failed';
  run: RunFacts | null;
  /** Level whose gate closes, until its rows are accepted. */
  gateAt: number | null;
  validation: 'verified' | 'differences';
  validated: boolean;
  report: string[];
  signedBy: string | null;
  approvals: Card[];
  /** Thrown by the next call of that name. */
  errors: Map<string, Error>;
  /** Names of the calls that change something, in order. */
  calls: string[];
}

export interface FakeJourney {
  readonly journey: Journey;
  readonly world: FakeWorld;
  /** What a person does, outside of any workflow. */
  decide(decision: 'granted' | 'declined', by?: string): void;
}

const LEVELS = 3;

export function createFakeJourney(changes: Partial<FakeWorld> = {}): FakeJourney {
  const world: FakeWorld = {
    failedChecks: [],
    analysed: false,
    planHash: null,
    mistakes: [],
    questions: [],
    rehearsed: null,
    rehearsal: 'passed',
    run: null,
    gateAt: null,
    validation: 'verified',
    validated: false,
    report: [],
    signedBy: null,
    approvals: [],
    errors: new Map(),
    calls: [],
    ...changes,
  };
  const called = (name: string) => {
    world.calls.push(name);
    const error = world.errors.get(name);
    world.errors.delete(name);
    if (error) throw error;
  };

  async function withApproval<Data>(
    action: ApprovalAction,
    work: () => Told<Data>,
    by: string,
  ): Promise<Effect<Data>> {
    const granted = world.approvals.find(
      (card) => card.action === action && card.state === 'granted' && card.planHash === world.planHash,
    );
    if (granted === undefined) {
      const card = ask(world, action, by);
      return { status: 'needs-approval', card, words: `This needs an approval: ${card.title}` };
    }
    granted.state = 'used';
    called(`${action}!`);
    return { status: 'done', told: work() };
  }

  const journey: Partial<Journey> = {
    state: async () => stateOf(world),
    approvals: async () => world.approvals,
    async preflight() {
      called('preflight');
      const data = world.failedChecks.map(({ message, remedy }) => ({
        name: 'check',
        status: 'fail' as const,
        message,
        remedy,
      }));
      return told(data, data.length === 0 ? 'All checks passed.' : `First: ${data[0]!.message}`);
    },
    async analyse() {
      called('analyse');
      world.analysed = true;
      return told({} as never, 'I found 45 kinds of records.');
    },
    async createPlan() {
      called('createPlan');
      world.planHash ??= 'hash-1';
      const data = {
        hash: world.planHash,
        mistakes: world.mistakes,
        risks: [{ severity: 'low', text: 'A risk.' }],
      };
      return told(data as never, '45 kinds of records move in 3 steps.');
    },
    plan: async () => told({} as never, 'The whole plan.'),
    async questions() {
      const [next = null] = openOf(world);
      const data = { total: world.questions.length, open: openOf(world).length, unanswered: 0, next };
      return told({ ...data, questions: world.questions }, 'A question.');
    },
    async answerQuestion(number, choice) {
      called(`answer ${number} ${choice}`);
      const found = world.questions.find((question) => question.number === number)!;
      found.answer = choice;
      return told({} as never, `Noted ${number}.`);
    },
    async takeRecommended() {
      called('takeRecommended');
      for (const question of world.questions) question.answer ??= question.recommended;
      return told({} as never, 'All taken.');
    },
    rehearse: (by) =>
      withApproval(
        'rehearse',
        () => {
          world.rehearsed = { planHash: world.planHash!, status: world.rehearsal };
          const problems =
            world.rehearsal === 'passed' ? [] : [{ entity: 'orders', check: 'x', message: 'too long' }];
          return told(
            { status: world.rehearsal, planHash: world.planHash, problems } as never,
            'The rehearsal is over.',
          );
        },
        by,
      ),
    start: (by) =>
      withApproval(
        'migrate',
        () => {
          world.run = runFacts();
          return told(world.run, 'It has begun.');
        },
        by,
      ),
    async run() {
      return told(world.run!, `${world.run!.written} are in.`);
    },
    async untilNextLevel(_after, milliseconds) {
      const { run } = world;
      if (run === null) throw new MigrationError({ code: 'NO_RUN', message: 'No move.', hint: 'Start one.' });
      await new Promise((done) => setTimeout(done, Math.min(milliseconds, 20)));
      if (run.alive) advance(world, run);
      return told(run, `Step ${run.level} of ${LEVELS}.`);
    },
    async resume() {
      called('resume');
      world.run!.alive = true;
      world.run!.state = 'copying';
      world.run!.error = null;
      return told(world.run!, 'It goes on.');
    },
    acceptSetAside: (by) =>
      withApproval(
        'accept-set-aside',
        () => {
          world.gateAt = null;
          Object.assign(world.run!, { alive: true, state: 'copying', gateClosed: false, error: null });
          return told(world.run!, 'It goes on without them.');
        },
        by,
      ),
    async validate() {
      called('validate');
      world.validated = world.validation === 'verified';
      const issues = world.validated ? [] : [{ message: 'mismatching email of users' }];
      return told({ overallStatus: world.validation, issues, notVerified: [] } as never, 'Compared.');
    },
    async writeReport() {
      called('writeReport');
      world.report = ['report.html'];
      return told({ files: world.report } as never, 'The report is ready.');
    },
    signOff: (by) =>
      withApproval(
        'sign-off',
        () => {
          world.signedBy = 'Ada';
          return told({} as never, 'Signed by Ada.');
        },
        by,
      ),
    rollback: (by) =>
      withApproval(
        'rollback',
        () => {
          world.run!.state = 'rolled-back';
          world.run!.written = 0;
          return told(
            {
              ...{ runId: 'run-1', removed: 100, restored: 0, kept: 0, tablesDropped: 3 },
              ...{ leftChanged: 0, leftNeeded: 0, forced: 0, goneBefore: 0 },
            },
            'Undone.',
          );
        },
        by,
      ),
    drift: async () => told({ drifted: false, changes: [], paused: [] }, 'Nothing has changed since.'),
  };
  return {
    journey: journey as Journey,
    world,
    decide(decision, by = 'Ada') {
      const waiting = world.approvals.find(({ state }) => state === 'requested');
      if (waiting === undefined) throw new Error('nothing to decide');
      waiting.state = decision;
      waiting.decidedBy = by;
    },
  };
}

function told<Data>(data: Data, words: string): Told<Data> {
  return { data, words, choices: [] };
}

function runFacts(): RunFacts {
  const counts = { level: 0, levels: LEVELS, totalRecords: 100, written: 0, repaired: 0, setAside: 0 };
  return { runId: 'run-1', state: 'copying', alive: true, ...counts, gateClosed: false, error: null };
}

function advance(world: FakeWorld, run: RunFacts): void {
  if (world.gateAt === run.level) {
    const error = { code: 'GATE_CLOSED', message: '1 of 40 orders were set aside.', hint: 'Look at them.' };
    Object.assign(run, { alive: false, state: 'failed', gateClosed: true, setAside: 1, error });
    return;
  }
  run.level += 1;
  run.written += 33;
  if (run.level === LEVELS) Object.assign(run, { alive: false, state: 'completed' });
}

function ask(world: FakeWorld, action: ApprovalAction, by: string): Card {
  const same = world.approvals.find(
    (card) => card.action === action && card.state === 'requested' && card.planHash === world.planHash,
  );
  if (same !== undefined) return same;
  const card = {
    id: `approval-${world.approvals.length + 1}`,
    action,
    state: 'requested',
    title: `May I ${action}?`,
    effect: ['100 records are written.'],
    maxRows: 100,
    reversible: { answer: 'yes', how: 'It can be undone.' },
    inTarget: 'Nothing is there yet.',
    needsReason: false,
    planHash: world.planHash ?? '-',
    sourceFingerprint: null,
    targetFingerprint: null,
    runId: world.run?.runId ?? null,
    requestedBy: by,
    requestedAt: '2026-01-01T00:00:00Z',
    expiresAt: '2026-01-02T00:00:00Z',
    decidedBy: null,
    decidedAt: null,
    reason: null,
  } satisfies Omit<ApprovalCard, 'effect'> & { effect: string[] };
  world.approvals.unshift(card as Card);
  return card as Card;
}

function openOf({ questions }: FakeWorld) {
  return questions.filter(({ answer, required }) => required && answer === null);
}

function stateOf(world: FakeWorld): JourneyState {
  const isGone =
    world.run?.state === 'rolled-back' || (world.run?.state === 'cancelled' && world.run.written === 0);
  const run = isGone ? null : world.run;
  const numbers = { migration: 'm', entities: 45, levels: LEVELS, rows: 100, excluded: 0, seconds: 1 };
  return {
    step: stepOf(world, run),
    source: 'old',
    target: 'new',
    catalog: world.analysed ? { tables: 45, rows: 100, takenAt: '2026-01-01', fingerprint: 'f' } : null,
    plan:
      world.planHash === null
        ? null
        : {
            hash: world.planHash,
            ...numbers,
            mistakes: world.mistakes.length,
            questions: openOf(world).length,
          },
    rehearsal:
      world.rehearsed === null
        ? null
        : { ...world.rehearsed, rows: 10, setAside: 0, seconds: { low: 1, likely: 2, high: 3 } },
    run,
    validation: null,
    report: world.report,
    signedOff: world.signedBy === null ? null : { by: world.signedBy, at: '2026-01-01' },
    approvals: world.approvals.filter(({ state }) => state === 'requested'),
    inTarget: `${run?.written ?? 0} records are in the new system.`,
    undo: 'All of it can be undone.',
    next: 'Next: go on.',
  };
}

function stepOf(world: FakeWorld, run: RunFacts | null): JourneyStep {
  if (run !== null) {
    if (world.signedBy !== null) return 'done';
    if (run.state !== 'completed') return 'migrate';
    if (!world.validated) return 'validate';
    return world.report.length === 0 ? 'report' : 'sign-off';
  }
  if (!world.analysed) return 'analyse';
  if (world.planHash === null || world.mistakes.length > 0 || openOf(world).length > 0) return 'plan';
  const passed = world.rehearsed?.planHash === world.planHash && world.rehearsed.status === 'passed';
  return passed ? 'migrate' : 'rehearse';
}
