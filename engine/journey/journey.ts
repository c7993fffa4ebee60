/** The journey: every step and every question joined to one object. What each does stands in its own file. */
import type { ApprovalAction, Wish } from '../contract/approvals.ts';
import type { Journey } from '../contract/journey.ts';
import { MigrationError } from '../core/errors.ts';
import { DEFAULT_SAMPLE, type JourneyDependencies } from './dependencies.ts';
import { catalogFacts } from './facts/catalog-facts.ts';
import { columnFacts } from './facts/column-facts.ts';
import { lookedAt } from './facts/looked-at.ts';
import { tableFacts } from './facts/table-facts.ts';
import { tablesFacts } from './facts/table-list.ts';
import { readablePlan, usablePlan } from './plan-in-hand.ts';
import { tellRun } from './run-facts.ts';
import { readState, tellState } from './state.ts';
import { resume, runInHand, start, stop, untilNextLevel } from './steps/move.ts';
import { createPlan, preflight, readCatalog } from './steps/prepare.ts';
import { signOff, validate, writeReport } from './steps/prove.ts';
import { rehearse } from './steps/rehearse.ts';
import { acceptSetAside, cleanUp, rollback } from './steps/undo.ts';
import { askingWords } from './steps/with-approval.ts';

const KEEP_DAYS = 30;

export function createJourney(deps: JourneyDependencies): Journey {
  const { engine, workspace } = deps;
  const looked = () => ({
    catalog: lookedAt(workspace.readCatalog()),
    plan: readablePlan(deps)?.plan ?? null,
  });
  const notYet = (): never => {
    throw new MigrationError({
      code: 'NOT_YET',
      message: 'This cannot be told yet.',
      hint: 'Ask something else.',
    });
  };
  return {
    state: () => readState(deps),
    approvals: () => engine.approvals(),
    whereWeAre: async () => tellState(await readState(deps)),
    preflight: () => preflight(deps),
    async analyse({ keep = false } = {}) {
      const catalog = await readCatalog(deps, keep);
      return catalogFacts({ catalog, plan: readablePlan(deps)?.plan ?? null });
    },
    tables: async (search) => tablesFacts(looked(), search),
    table: async (name) => tableFacts(looked(), name),
    column: async (table, column) => columnFacts(looked(), table, column),
    plan: async () => notYet(),
    mapping: async () => notYet(),
    drift: async () => notYet(),
    ddl: async () => notYet(),
    run: async (runId) => tellRun(runId === null ? await runInHand(deps) : await engine.status(runId)),
    causes: async () => notYet(),
    findings: async () => notYet(),
    row: async () => notYet(),
    report: async () => notYet(),
    events: async () => notYet(),
    async createPlan({ keep = false } = {}) {
      await createPlan(deps, keep);
      return notYet();
    },
    changePlan: async () => notYet(),
    async requestApproval(action, by) {
      const card = await engine.requestApproval(await wishFor(deps, action), by);
      return { data: card, words: askingWords(card), choices: [] };
    },
    rehearse: (by) => rehearse(deps, by),
    start: (by) => start(deps, by),
    pause: () => stop(deps, 'requestPause'),
    resume: () => resume(deps),
    cancel: () => stop(deps, 'requestCancel'),
    untilNextLevel: (after, milliseconds) => untilNextLevel(deps, after, milliseconds),
    validate: () => validate(deps),
    async writeReport() {
      await writeReport(deps);
      return notYet();
    },
    acceptSetAside: (by) => acceptSetAside(deps, by),
    rollback: (by) => rollback(deps, by),
    cleanUp: (olderThanDays, by) => cleanUp(deps, olderThanDays, by),
    signOff: (by) => signOff(deps, by),
  };
}

async function wishFor(deps: JourneyDependencies, action: ApprovalAction): Promise<Wish> {
  switch (action) {
    case 'rehearse':
      return { action, plan: usablePlan(deps).plan, sample: deps.sample ?? DEFAULT_SAMPLE };
    case 'migrate':
      return { action, plan: usablePlan(deps).plan };
    case 'clean-up':
      return { action, olderThanDays: KEEP_DAYS };
    default:
      return { action, runId: (await runInHand(deps)).runId };
  }
}
