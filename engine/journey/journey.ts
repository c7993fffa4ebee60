/** The journey: every step and every question joined to one object. What each does stands in its own file. */
import type { ApprovalAction, Wish } from '../contract/approvals.ts';
import type { Journey } from '../contract/journey.ts';
import { createOneAtATime } from '../core/one-at-a-time.ts';
import { DEFAULT_SAMPLE, type JourneyDependencies } from './dependencies.ts';
import { catalogFacts } from './facts/catalog-facts.ts';
import { planFacts } from './facts/plan-facts.ts';
import { reportFacts } from './facts/report-facts.ts';
import { readablePlan, usablePlan } from './plan-in-hand.ts';
import { createQuestions } from './questions.ts';
import { answerPlan, applyWritten } from './steps/answer-plan.ts';
import { checkChange, editPlan } from './steps/edit-plan.ts';
import { resume, runInHand, start, stop, untilNextLevel } from './steps/move.ts';
import { createPlan, preflight, readCatalog } from './steps/prepare.ts';
import { signOff, validate, writeReport } from './steps/prove.ts';
import { rehearse } from './steps/rehearse.ts';
import { causeCards, retryHeld, tryFix } from './steps/retry-held.ts';
import { tryCode } from './steps/try-code.ts';
import { acceptSetAside, cleanUp, previewRollback, rollback } from './steps/undo.ts';
import { askingWords } from './steps/with-approval.ts';

const KEEP_DAYS = 30;

export function createJourney(deps: JourneyDependencies): Journey {
  const { engine, workspace } = deps;
  // a model may ask for several changes at once: each reads what the one before wrote
  const writingPlan = createOneAtATime();
  // the second call sees what the first began, and starts no process of its own
  const moving = createOneAtATime();
  async function withAnswers<T>(work: () => Promise<T>): Promise<T> {
    await writingPlan(() => applyWritten(deps));
    return work();
  }

  return {
    ...createQuestions(deps),
    preflight: () => preflight(deps),
    async analyse({ keep = false } = {}) {
      const catalog = await readCatalog(deps, keep);
      return catalogFacts({ catalog, plan: readablePlan(deps)?.plan ?? null });
    },
    createPlan: ({ keep = false } = {}) =>
      writingPlan(async () => {
        const { plan } = await createPlan(deps, keep);
        return planFacts({ plan, catalog: workspace.readCatalog() });
      }),
    tryCode: (code) => tryCode(deps, code),
    causeCards: () => causeCards(deps),
    tryFix: (choice) => tryFix(deps, choice),
    checkChange: (change) => checkChange(deps, change),
    changePlan: (change) => writingPlan(() => editPlan(deps, change)),
    answerQuestion: (number, choice) => writingPlan(() => answerPlan(deps, { number, choice })),
    takeRecommended: () => writingPlan(() => answerPlan(deps, 'recommended')),
    async requestApproval(action, by) {
      if (OF_THE_PLAN.has(action)) await writingPlan(() => applyWritten(deps));
      const card = await engine.requestApproval(await wishFor(deps, action), by);
      return { data: card, words: askingWords(card), choices: [] };
    },
    rehearse: (by, options) => withAnswers(() => moving(() => rehearse(deps, by, options))),
    start: (by) => withAnswers(() => moving(() => start(deps, by))),
    pause: (by) => stop(deps, 'requestPause', by),
    resume: () => moving(() => resume(deps)),
    cancel: (by) => stop(deps, 'requestCancel', by),
    untilNextLevel: (after, milliseconds) => untilNextLevel(deps, after, milliseconds),
    validate: () => validate(deps),
    async writeReport() {
      const runId = await writeReport(deps);
      return reportFacts({ engine, files: workspace.reportFiles }, runId);
    },
    retryHeld: (choice, by) => writingPlan(() => moving(() => retryHeld(deps, choice, by))),
    acceptSetAside: (by) => moving(() => acceptSetAside(deps, by)),
    previewRollback: (part) => previewRollback(deps, part),
    rollback: (by, options) => moving(() => rollback(deps, by, options)),
    cleanUp: (olderThanDays, by) => cleanUp(deps, olderThanDays, by),
    signOff: (by) => signOff(deps, by),
  };
}

/** What is asked for is the plan as it stands in its file. */
const OF_THE_PLAN: ReadonlySet<ApprovalAction> = new Set(['rehearse', 'migrate', 'retry-quarantine']);

async function wishFor(deps: JourneyDependencies, action: ApprovalAction): Promise<Wish> {
  switch (action) {
    case 'rehearse':
      return { action, plan: usablePlan(deps).plan, sample: deps.sample ?? DEFAULT_SAMPLE };
    case 'migrate':
      return { action, plan: usablePlan(deps).plan };
    case 'clean-up':
      return { action, olderThanDays: KEEP_DAYS };
    case 'retry-quarantine':
      return { action, runId: (await runInHand(deps)).runId, plan: usablePlan(deps).plan, cards: [] };
    default:
      return { action, runId: (await runInHand(deps)).runId };
  }
}
