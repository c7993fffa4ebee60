/** Through the journey: begin, answer its question, go on, wait for a person. Only the orchestrator holds these tools. */

import { guideView } from '../../../engine/index.ts';
import { tell } from '../answer.ts';
import { next, waiting } from '../answers/state.ts';
import { readIntent } from '../intents.ts';
import { sentence } from '../plain-words.ts';
import { call, dataOf, type Moment, resultOf, type Step, say } from '../step.ts';
import { ask, lookUp, type Route } from './lookup.ts';

/** Begins, shows what is under way, or goes on with what was interrupted. */
export const begin: Route = (moment) => tellView(moment, 'startJourney') ?? call('startJourney');

/** One of the choices of the journey's question. */
export function answerJourney(moment: Moment, answer: string): Step {
  const result = resultOf(moment, 'continueJourney');
  if (result === null) return call('continueJourney', { answer, cardId: null });
  // nobody waits for it any more: begin, or show what is under way
  if (notWaiting.test(result.answer?.words ?? '')) return begin(moment);
  return tellView(moment, 'continueJourney')!;
}

const notWaiting = /^Nothing is waiting for an answer just now\./;
/** Said to an answer that came beside the question; the question follows. */
const notTaken =
  /^(I did not understand that as one of the answers|A step is being worked on, so the answer was not used)\. /;

export const goOn: Route = (moment) => {
  const { journey, waitingRequest } = moment.dialogue;
  if (waitingRequest !== null) return again(moment);
  if (journey.approval) return answerJourney(moment, 'look');
  const [recommended] = journey.labels;
  return recommended === undefined ? begin(moment) : answerJourney(moment, recommended);
};

const steps: readonly string[] = [
  'rehearse',
  'start-move',
  'accept-set-aside',
  'resume',
  'sign-off',
  'rollback',
];

/**
 * What the journey does itself while it is under way: it is looked at first, and if its question offers just this, that is
 * the answer. Null: it does not, so whoever holds the tool is asked.
 */
export function throughJourney(moment: Moment): Step | null {
  const { understood, journey } = moment.dialogue;
  if (!steps.includes(understood.intent) || !journey.underWay || moment.dialogue.waitingRequest) return null;
  if (resultOf(moment, 'continueJourney')) return tellView(moment, 'continueJourney');
  const seen = resultOf(moment, 'startJourney');
  if (seen === null) return call('startJourney');
  const view = guideView.safeParse(dataOf(seen.answer)).data;
  if (view?.card?.kind === 'approval' && actions[view.card.approval.action] === understood.intent) {
    return answerJourney(moment, 'look');
  }
  const label = view?.choices.find((choice) => readIntent(choice.label).intent === understood.intent)?.label;
  return label === undefined ? null : answerJourney(moment, label);
}

const actions: Readonly<Record<string, string>> = {
  rehearse: 'rehearse',
  migrate: 'start-move',
  'accept-set-aside': 'accept-set-aside',
  'sign-off': 'sign-off',
  rollback: 'rollback',
};

/** A yes to nothing that was offered. */
export const yes: Route = goOn;

/** What another agent was asked before it needed a person; now it may go through. */
function again({ dialogue: { waitingRequest }, results }: Moment): Step {
  const { tool, input } = waitingRequest!;
  const answered = results.findLast((result) => result.tool === tool);
  return answered ? tell(answered) : call(tool, { prompt: String(input.prompt ?? '') });
}

/** “I approved it”: nobody's word counts, so look whether it is so. */
export const approved: Route = (moment) => goOn(moment);

export const declined: Route = lookUp('whereWeAre', {}, (_data, { words }) =>
  say(`Noted. ${words}`, ['Show the plan', 'Where are we']),
);

export const later: Route = ({ dialogue: { journey } }) =>
  journey.approval
    ? say('Nothing happens until a person has decided. It stays open. Say “go on” when I am to look again.')
    : say(
        'All right. Nothing has been changed by that. Say “go on” when you want to continue, or ask something.',
        ['Go on', 'Where are we'],
      );

export const whoApproves: Route = (moment) => ask(moment, 'whereWeAre', {}, waiting);

export const whatNext: Route = (moment) => ask(moment, 'whereWeAre', {}, next);

export const signOff: Route = (moment) => ask(moment, 'requestApproval', { action: 'sign-off' });

const afterEnd: Readonly<Record<string, readonly string[]>> = {
  'signed-off': ['Open the report'],
  undone: ['Start again', 'Where are we'],
  cancelled: ['Start again', 'Where are we'],
};

function tellView(moment: Moment, tool: string): Step | null {
  const result = resultOf(moment, tool);
  if (result === null) return null;
  const title = result.answer?.approval?.title;
  if (title !== undefined && moment.dialogue.lastWords.includes(title)) {
    return say(
      `Still waiting for a person’s decision: ${sentence(title)} Nothing has been done yet; I cannot decide it.`,
    );
  }
  return tell(result, (data, { words: told, choices }) => {
    const words = told.replace(notTaken, '');
    const view = guideView.safeParse(dataOf(result.answer) ?? data).data;
    if (view?.state === 'working') return say(words, ['How far is it']);
    if (view?.state === 'interrupted') return say(words, ['Go on', 'Where are we']);
    if (view?.state === 'ended')
      return say(words, afterEnd[view.outcome ?? 'stopped'] ?? ['Go on', 'Where are we']);
    return say(words, choices);
  });
}
