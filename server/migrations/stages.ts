/** The journey as the page draws it: six stages, each in one of five states, computed from the state of the journey. */
import type { GuideView } from '../../engine/contract/guide.ts';
import type { JourneyState, JourneyStep } from '../../engine/contract/journey-state.ts';
import { type MigrationSummary, type Stage, type StageState, stages } from '../shapes/migrations.ts';

const stageOfStep: Readonly<Record<JourneyStep, Stage | null>> = {
  connect: 'look',
  preflight: 'look',
  analyse: 'look',
  plan: 'plan',
  rehearse: 'rehearse',
  migrate: 'move',
  validate: 'check',
  report: 'check',
  'sign-off': 'sign-off',
  done: null,
};

/** `guide`: what the guided migration is at; null: not known. */
export function stagesOf(journey: JourneyState | null, guide: GuideView | null = null): StageState[] {
  if (journey === null) return stages.map((stage) => ({ stage, state: 'to-do', fact: null }));
  const now = stageOfStep[journey.step];
  const at = now === null ? stages.length : stages.indexOf(now);
  return stages.map((stage, index) => ({
    stage,
    state: index < at ? 'done' : index > at ? 'to-do' : stateNow(stage, journey, guide),
    fact: index <= at ? factOf(stage, journey) : null,
  }));
}

/** What waits for a person comes before what stands still: it is how it goes on. */
function stateNow(stage: Stage, journey: JourneyState, guide: GuideView | null): StageState['state'] {
  const { approvals, run } = journey;
  if (approvals.some(({ state }) => state === 'requested')) return 'waiting';
  if (run?.alive === true && (stage === 'move' || stage === 'check')) return 'running';
  if (stage === 'sign-off' || (stage === 'plan' && (journey.plan?.questions ?? 0) > 0)) return 'waiting';
  if (isStopped(stage, journey)) return 'stopped';
  if (guide?.state === 'working') return 'running';
  return guide?.state === 'waiting' ? 'waiting' : 'to-do';
}

function isStopped(stage: Stage, { plan, rehearsal, run, validation }: JourneyState): boolean {
  switch (stage) {
    case 'plan':
      return (plan?.mistakes ?? 0) > 0;
    case 'rehearse':
      return rehearsal?.status === 'failed' && rehearsal.planHash === plan?.hash;
    case 'move':
      return run !== null;
    case 'check':
      return validation !== null && validation.overallStatus !== 'verified';
    default:
      return false;
  }
}

function factOf(stage: Stage, journey: JourneyState): StageState['fact'] {
  const { catalog, plan, rehearsal, run, validation, signedOff } = journey;
  switch (stage) {
    case 'look':
      return catalog && { key: 'tables', values: { count: catalog.tables } };
    case 'plan':
      return plan && { key: 'planned', values: { entities: plan.entities, questions: plan.questions } };
    case 'rehearse':
      // of this very plan; once a move was begun with it, the plan may have changed since
      if (run === null && rehearsal?.planHash !== plan?.hash) return null;
      return rehearsal && { key: rehearsal.status, values: { rows: rehearsal.rows } };
    case 'move':
      return run && { key: 'moved', values: { written: run.written, level: run.level, levels: run.levels } };
    case 'check':
      return validation && { key: validation.overallStatus, values: { issues: validation.issues } };
    case 'sign-off':
      return signedOff && { key: 'signed', values: { by: signedOff.by, at: signedOff.at } };
  }
}

/** What a person is asked for; an approval before anything else. */
export function waitingOf(journey: JourneyState, guide: GuideView): MigrationSummary['waiting'] {
  const approval = journey.approvals.find(({ state }) => state === 'requested');
  if (approval) return { kind: 'approval', text: approval.title };
  const { card } = guide;
  if (guide.state !== 'waiting' || card === null) return null;
  if (card.kind === 'approval') return { kind: 'approval', text: card.approval.title };
  return { kind: card.kind, text: card.title };
}
