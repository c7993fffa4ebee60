/**
 * Where the conversation is: which words count (a choice that was picked counts as its label), what was offered, what the
 * journey waits for, and what was talked about before, for “why?” and “it”.
 */
import { type GuideView, guideView } from '../../engine/index.ts';
import { readChoices, sameChoice } from './choices.ts';
import type { Conversation, ToolResult, Turn } from './conversation.ts';
import { readIntent, type Understood } from './intents.ts';
import { type JourneyQuestion, journeyQuestion, waitsForPerson } from './journey-choices.ts';
import { readQuestionNumber } from './question-number.ts';
import { type Place, placeOf, positionOf } from './slots.ts';

export interface Dialogue {
  /** What the person said last, as written. */
  readonly said: string;
  /** The words that count. */
  readonly wanted: string;
  readonly understood: Understood;
  /** Set where they answer the journey's question: one of its choices. */
  readonly journeyAnswer: string | null;
  /** What the journey asks, as far as this conversation shows. */
  readonly journey: JourneyQuestion;
  /** The person's message before, the newest first, without the last one. */
  readonly asked: readonly Understood[];
  readonly topic: Place;
  readonly lastWords: string;
  readonly earlier: readonly ToolResult[];
  /** Asked of another agent, who answered that a person has to approve first. */
  readonly waitingRequest: ToolResult | null;
}

export function readDialogue({ said, before, earlier }: Conversation): Dialogue {
  const lastWords = before.findLast(({ who }) => who === 'guide')?.text ?? '';
  const asked = askedBefore(said, before);
  const offered = readChoices(lastWords);
  const declined = declinedRequest(before);
  const journey = journeyQuestion(
    lastView(earlier),
    before.filter((_turn, index) => index !== declined),
  );
  const full = completed(said, lastWords, asked);
  const answer = planAnswer(full, offered, { lastWords, view: lastView(earlier) });
  const { wanted, journeyAnswer } =
    answer === null ? resolve(full, offered, journey) : { wanted: answer, journeyAnswer: null };
  return {
    said,
    wanted,
    understood: readIntent(wanted),
    journeyAnswer,
    journey,
    asked,
    topic: topicOf(asked),
    lastWords,
    earlier,
    waitingRequest: declined === -1 ? waitingRequest(earlier) : null,
  };
}

function lastView(earlier: readonly ToolResult[]): GuideView | null {
  const seen = earlier.findLast(({ tool }) => tool === 'startJourney' || tool === 'continueJourney');
  return guideView.safeParse(seen?.answer?.data).data ?? null;
}

function askedBefore(said: string, before: readonly Turn[]): Understood[] {
  // who is asked by another agent sees the person's message, and then the same words once more
  const past = before.slice(0, before.findLastIndex(({ who }) => who === 'guide') + 1);
  return past
    .filter(({ who, text }) => who === 'person' && text !== said)
    .map(({ text }) => readIntent(text))
    .reverse();
}

/** The guide asks “In which kind of record?”; the answer completes the question before. */
export const whichTable = 'In which kind of record?';

function completed(said: string, lastWords: string, asked: readonly Understood[]): string {
  const [before] = asked;
  if (
    !lastWords.includes(whichTable) ||
    before === undefined ||
    !['unknown', 'name', 'explain'].includes(readIntent(said).intent)
  )
    return said;
  return `${before.sentence.raw.replace(/[.?!]+$/, '')} in ${said.replace(/^(in|of) /i, '')}`;
}

/** Offered with every question of the plan, and no answer to it. */
const besides: readonly string[] = [
  'Why do you ask?',
  'Next question',
  'Take your recommendations for the rest',
  'Stop here',
  'Show the plan',
  'Rehearse first',
];

/**
 * A choice of the plan's question that was asked last, said by its words, its letter or a yes, as a whole sentence. Null:
 * it is none, or the journey asks this very question and takes the answer itself.
 */
function planAnswer(
  said: string,
  offered: readonly string[],
  { lastWords, view }: { readonly lastWords: string; readonly view: GuideView | null },
): string | null {
  const number = readQuestionNumber(lastWords);
  if (number === null) return null;
  const answers = offered.filter((label) => !besides.some((one) => sameChoice(one, label)));
  const letter = /^\(?([a-z])[.)]?$/.exec(said.trim().toLowerCase())?.[1];
  const picked =
    letter === undefined ? pick(said, answers, []) : (answers['abcdefghij'.indexOf(letter)] ?? null);
  if (picked === null || !answers.includes(picked)) return null;
  const own = view?.state === 'waiting' && readQuestionNumber(view.words) === number;
  return own ? null : `Answer question ${number} with "${picked.replaceAll('"', '')}"`;
}

interface Resolved {
  readonly wanted: string;
  readonly journeyAnswer: string | null;
}

function resolve(said: string, offered: readonly string[], { labels }: JourneyQuestion): Resolved {
  const ofJourney = (label: string) => labels.find((one) => sameChoice(one, label)) ?? null;
  const picked = pick(said, offered, labels);
  if (picked !== null) return { wanted: picked, journeyAnswer: ofJourney(picked) };
  const { intent, slots } = readIntent(said);
  const means = Object.keys(slots).length === 0 && !short.includes(intent);
  const same = means ? labels.find((label) => readIntent(label).intent === intent) : undefined;
  return { wanted: said, journeyAnswer: same ?? null };
}

const short: readonly string[] = [
  'unknown',
  'name',
  'yes',
  'no',
  'later',
  'go-on',
  'choice',
  'stop',
  'bye',
  'approved',
  'approve',
];

/** The label that was meant by its words, its number, or a yes. */
function pick(said: string, offered: readonly string[], labels: readonly string[]): string | null {
  const exact = [...offered, ...labels].find((label) => sameChoice(label, said));
  if (exact !== undefined) return exact;
  const understood = readIntent(said);
  if (understood.intent === 'choice') return offered.at(indexOf(positionOf(understood))) ?? null;
  if (understood.intent === 'yes') return offered[0] ?? null;
  return null;
}

function indexOf(position: number): number {
  return position === -1 ? -1 : position - 1;
}

function topicOf(asked: readonly Understood[]): Place {
  const places = asked.map(placeOf);
  const table = places.find((place) => place.table !== null)?.table ?? null;
  return { table, column: places.find((place) => place.column !== null)?.column ?? null };
}

/** Where a request was told that was then declined; whoever wants it after all asks anew. -1: none such is the last one. */
function declinedRequest(before: readonly Turn[]): number {
  const asked = before.findLastIndex(({ who, text }) => who === 'guide' && waitsForPerson.test(text));
  const isDeclined = before
    .slice(asked + 1)
    .some(({ who, text }) => who === 'person' && readIntent(text).intent === 'declined');
  return isDeclined ? asked : -1;
}

function waitingRequest(earlier: readonly ToolResult[]): ToolResult | null {
  const last = earlier.findLast(({ tool }) => tool.startsWith('agent-') || tool.endsWith('Journey'));
  if (!last?.tool.startsWith('agent-') || !waitsForPerson.test(last.text ?? '')) return null;
  return last;
}
