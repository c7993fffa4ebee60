/** The journey as the page draws it: six stages, each in one of five states, computed from the state of the journey. */
import type { GuideView } from '../../engine/contract/guide.ts';
import type { JourneyState, JourneyStep } from '../../engine/contract/journey.ts';
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

export function stagesOf(journey: JourneyState | null): StageState[] {
  if (journey === null) return stages.map((stage) => ({ stage, state: 'to-do', fact: null }));
  const now = stageOfStep[journey.step];
  const at = now === null ? stages.length : stages.indexOf(now);
  return stages.map((stage, index) => ({
    stage,
    state: index < at ? 'done' : index > at ? 'to-do' : stateNow(stage, journey),
    fact: index <= at ? factOf(stage, journey) : null,
  }));
}

function stateNow(stage: Stage, { run, approvals, plan }: JourneyState): StageState['state'] {
  if (approvals.some(({ state }) => state === 'requested')) return 'waiting';
  if (stage === 'plan' && (plan?.questions ?? 0) > 0) return 'waiting';
  if (stage !== 'move' || run === null) return stage === 'sign-off' ? 'waiting' : 'to-do';
  if (run.gateClosed || run.state === 'failed') return 'stopped';
  return run.alive ? 'running' : run.state === 'paused' ? 'stopped' : 'to-do';
}

function factOf(stage: Stage, journey: JourneyState): StageState['fact'] {
  const { catalog, plan, rehearsal, run, validation, signedOff } = journey;
  switch (stage) {
    case 'look':
      return catalog && { key: 'tables', values: { count: catalog.tables } };
    case 'plan':
      return plan && { key: 'planned', values: { entities: plan.entities, questions: plan.questions } };
    case 'rehearse':
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
