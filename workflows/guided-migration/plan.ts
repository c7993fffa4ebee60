/** A plan without mistakes, with every field mapped, that somebody wants to go on with. One that is there is kept. */
import type { JourneyCard, JourneyState } from '../../engine/index.ts';
import { problemCard, questionCard } from '../cards.ts';
import { ask, guidedStep, on, type WorkflowDependencies } from '../guided-step.ts';

export function planStep(deps: WorkflowDependencies) {
  const { journey } = deps;
  return guidedStep(deps, {
    id: 'plan-and-map',
    step: 'plan',
    description: 'Makes the plan with its mapping, or keeps the one that is there; waits until it is good.',
    async work({ trail, answer, tell }) {
      const state = await journey.state();
      if (state.run !== null) return on({ ...trail, runId: state.run.runId });
      if (state.plan !== null && state.step === 'migrate') return on({ ...trail, planHash: state.plan.hash });
      const { words, data } = await journey.createPlan({ keep: true });
      await tell(words);
      if (data.mistakes.length > 0) return ask(mistakesCard(data.mistakes));
      if (answer === 'rehearse') return on({ ...trail, planHash: data.hash });
      if (answer === 'risks') return ask(planQuestion(state, data.risks.map(({ text }) => text).join(' ')));
      return ask(planQuestion(state, answer === 'show' ? (await journey.plan()).words : words));
    },
  });
}

function planQuestion({ rehearsal }: JourneyState, text: string): JourneyCard {
  const changed =
    rehearsal?.status === 'passed'
      ? 'The plan is not the one that was rehearsed, so it has to be rehearsed again before it can start. '
      : '';
  return questionCard({
    step: 'plan',
    title: 'The plan',
    text: `${changed}${text === '' ? 'Nothing stands out as a risk.' : text}`,
    choices: ['rehearse', 'show', 'risks', 'stop'],
  });
}

/** A card is read by a person; the rest comes up when these are gone. */
const MOST_MISTAKES = 20;

function mistakesCard(
  mistakes: readonly { readonly path: string; readonly message: string; readonly hint: string }[],
): JourneyCard {
  return problemCard({
    step: 'plan',
    title: 'The plan has mistakes',
    text: `${mistakes.length === 1 ? 'One thing' : `${mistakes.length} things`} in the plan must be put right before it can be rehearsed.`,
    problems: mistakes
      .slice(0, MOST_MISTAKES)
      .map(({ path, message, hint }) => ({ what: `${path}: ${message}`, remedy: hint })),
    choices: ['again', 'stop'],
  });
}
