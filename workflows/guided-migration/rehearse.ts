/** The plan as it stands has passed a rehearsal. A rehearsal needs an approval, because it writes to a trial area. */
import type { Told } from '../../engine/index.ts';
import { problemCard } from '../cards.ts';
import { ask, guidedStep, type Moment, on, type Verdict, type WorkflowDependencies } from '../guided-step.ts';
import { throughApproval } from '../through-approval.ts';
import { planned } from './plan.ts';

export function rehearseStep(deps: WorkflowDependencies) {
  return guidedStep(deps, {
    id: 'rehearse-once-approved',
    step: 'rehearse',
    description: 'Asks for the approval of the rehearsal, then rehearses; waits if it did not pass.',
    work: (moment) => rehearsed(deps, moment),
  });
}

/** The start asks this again: what starts is always what was rehearsed. */
export async function rehearsed(deps: WorkflowDependencies, moment: Moment): Promise<Verdict> {
  const { journey } = deps;
  const plan = await planned(deps, moment);
  if (plan.kind === 'ask') return plan;
  const { run, step } = await journey.state();
  if (run !== null || step === 'migrate') return plan;
  const result = await throughApproval(journey, moment, {
    action: 'rehearse',
    step: 'rehearse',
    afterNo: ['change', 'ask'],
    effect: () => journey.rehearse(moment.by),
  });
  if (result.kind === 'ask') return result;
  await moment.tell(result.told.words);
  const { status, planHash } = result.told.data;
  return status === 'passed' ? on({ ...plan.output, planHash }) : ask(failedCard(result.told));
}

type Problems = { readonly problems: readonly { readonly entity: string; readonly message: string }[] };

function failedCard({ words, data }: Told<Problems>) {
  return problemCard({
    step: 'rehearse',
    title: 'The rehearsal did not pass',
    text: words,
    problems: data.problems.slice(0, 20).map(({ entity, message }) => ({
      what: `${entity}: ${message}`,
      remedy: 'Change the plan for it, or leave it out; then look again.',
    })),
    choices: ['change', 'ask', 'stop'],
  });
}
