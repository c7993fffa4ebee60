/**
 * A plan without mistakes and without open questions, with every field mapped, that somebody wants to go on with. One
 * that is there is kept.
 */
import type { JourneyCard, JourneyState } from '../../engine/index.ts';
import { planAnswerOf, planQuestionCard, problemCard, questionCard } from '../cards.ts';
import { ask, guidedStep, type Moment, on, type Verdict, type WorkflowDependencies } from '../guided-step.ts';

export function planStep(deps: WorkflowDependencies) {
  return guidedStep(deps, {
    id: 'plan-and-map',
    step: 'plan',
    description: 'Makes the plan with its mapping, or keeps the one that is there; waits until it is good.',
    work: (moment) => planned(deps, moment),
  });
}

/** Later steps ask this again: the plan may have been changed while they waited. */
export async function planned({ journey }: WorkflowDependencies, moment: Moment): Promise<Verdict> {
  const { trail, answer, tell } = moment;
  const state = await journey.state();
  if (state.run !== null) return on({ ...trail, runId: state.run.runId });
  if (state.plan !== null && state.step === 'migrate') return on({ ...trail, planHash: state.plan.hash });
  const { words, data } = await journey.createPlan({ keep: true });
  if (data.mistakes.length > 0) return ask(mistakesCard(data.mistakes));
  const question = await openQuestion(journey, moment);
  if (question !== null) return question;
  if (isAgreed(moment, data.hash)) return on({ ...trail, planHash: data.hash });
  await tell(words);
  const changed = isChanged(moment, state, data.hash);
  if (answer === 'risks') return ask(planQuestion(changed, data.risks.map(({ text }) => text).join(' ')));
  return ask(planQuestion(changed, answer === 'show' ? (await journey.plan()).words : words));
}

/** Takes the answer to the last question, and asks the next; null: none must be answered any more. */
async function openQuestion(
  journey: WorkflowDependencies['journey'],
  { answer, tell }: Moment,
): Promise<Verdict | null> {
  const given = planAnswerOf(answer);
  if (given !== null) await tell((await journey.answerQuestion(given.number, given.choice)).words);
  if (answer === 'recommended') await tell((await journey.takeRecommended()).words);
  const { data } = await journey.questions(null);
  return data.open > 0 && data.next !== null ? ask(planQuestionCard('plan', data.next, data.open)) : null;
}

/** Somebody has said to go on with this very plan. */
function isAgreed({ trail, answer, answered }: Moment, hash: string): boolean {
  if (answer === 'change') return false;
  if (answer === 'rehearse') return true;
  const { planHash } = answered?.kind === 'approval' ? answered.approval : trail;
  return planHash === hash;
}

function isChanged({ trail }: Moment, { rehearsal }: JourneyState, hash: string): boolean {
  const before = trail.planHash ?? (rehearsal?.status === 'passed' ? rehearsal.planHash : null);
  return before !== null && before !== hash;
}

function planQuestion(isChanged: boolean, text: string): JourneyCard {
  const changed = isChanged
    ? 'The plan is not what it was, so it has to be rehearsed as it stands now before it can start. '
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
