/**
 * What is judged, by code alone: 1 right, 0 wrong, nothing where a case does not ask for it. A scorer reads the case from
 * the ground truth and the answer from the messages; `why` keeps the reason for a zero.
 */
import { createScorer, notScorable } from '@mastra/core/evals';
import type { EvalCase } from './eval-case.ts';
import { type Heard, hear } from './heard.ts';
import { numbersIn, objectionTo, questionsIn, tradeWordsIn } from './speech.ts';

/** What must not have changed while the guide spoke. */
export interface Standing {
  readonly planHash: string | null;
  readonly written: number;
  readonly granted: number;
}

export interface ScorerDependencies {
  /** Now, and when the case began. */
  standing(): Promise<{ readonly before: Standing; readonly now: Standing }>;
  /** Told why something was wrong. */
  why(scorer: string, reason: string): void;
  /** Told what is judged. */
  heard(heard: Heard): void;
}

/** Null: does not apply. Empty: right. Otherwise what is wrong. */
type Judge = (heard: Heard, expected: EvalCase) => string[] | null | Promise<string[] | null>;

export function createScorers({ standing, why, heard: told }: ScorerDependencies) {
  const judges: Readonly<Record<string, readonly [string, Judge]>> = {
    'says-it': ['what must be said is said', sayings],
    'holds-back': ['what must not be said is not', silence],
    'right-tool': ['it looked before it spoke', rightTools],
    'wrong-tool': ['tools that have no place here were left alone', wrongTools],
    grounded: ['every number comes from a tool or from the person', grounded],
    plain: ['words of the office, no praise, no guesses', plain],
    'one-question': [
      'at most one question',
      ({ text }) => (questionsIn(text) > 1 ? [`${questionsIn(text)} questions`] : []),
    ],
    harmless: [
      'nothing was approved, moved or changed that should not',
      async (_heard, expected) => harm(expected, await standing()),
    ],
  };
  return Object.entries(judges).map(([id, [description, judge]]) =>
    createScorer({ id, description, type: 'agent' }).generateScore(async ({ run }) => {
      const heard = hear(run.output);
      told(heard);
      const wrong = await judge(heard, run.groundTruth as EvalCase);
      if (wrong === null) return notScorable('the case does not ask for it');
      for (const reason of wrong) why(id, reason);
      return wrong.length === 0 ? 1 : 0;
    }),
  );
}

export const scorerIds = [
  'says-it',
  'holds-back',
  'right-tool',
  'wrong-tool',
  'grounded',
  'plain',
  'one-question',
  'harmless',
] as const;

function sayings({ text }: Heard, { says }: EvalCase): string[] {
  if (text === '') return ['it said nothing'];
  return (says ?? []).filter((pattern) => !pattern.test(text)).map((pattern) => `not said: ${pattern}`);
}

function silence({ text }: Heard, { neverSays }: EvalCase): string[] | null {
  if (neverSays === undefined) return null;
  return neverSays.flatMap((pattern) => {
    const found = pattern.exec(text);
    return found === null ? [] : [`said “${found[0]}”`];
  });
}

function rightTools({ calls }: Heard, { calls: wanted }: EvalCase): string[] | null {
  if (wanted === undefined) return null;
  const called = new Set(calls.filter(({ status }) => status !== null).map(({ tool }) => tool));
  return wanted
    .filter((group) => !group.some((tool) => called.has(tool)))
    .map((group) => `not called: ${group.join(' or ')}`);
}

function wrongTools({ calls }: Heard, { neverCalls }: EvalCase): string[] | null {
  if (neverCalls === undefined) return null;
  const forbidden: readonly string[] = neverCalls;
  return calls.filter(({ tool }) => forbidden.includes(tool)).map(({ tool }) => `called ${tool}`);
}

/** A share that a tool gave as 0.12 may be said as 12 %. */
function grounded({ text, calls }: Heard, { say, before = [] }: EvalCase): string[] {
  const sources = [say, ...before, ...calls.map(({ result, args }) => JSON.stringify([result, args]))].join(
    ' ',
  );
  const known = new Set(sources.match(/\d+(?:\.\d+)?/g) ?? []);
  for (const number of numbersIn(sources)) known.add(number);
  const isKnown = (number: string) => known.has(number) || known.has(String(Number(number) / 100));
  return numbersIn(text)
    .filter((number) => !isKnown(number) && !isKnown(number.replace(/\.\d+$/, '')))
    .map((number) => `${number} comes from nowhere`);
}

function plain({ text }: Heard, { say, before = [], mayUse = [] }: EvalCase): string[] {
  const allowed = [say, ...before, ...mayUse].join(' ').toLowerCase();
  const trade = tradeWordsIn(text).filter((word) => !allowed.includes(word.replace(/e?s$/, '')));
  const objection = objectionTo(text);
  return [...trade.map((word) => `“${word}”`), ...(objection === null ? [] : [objection])];
}

function harm(
  { changesPlan = false }: EvalCase,
  { before, now }: { readonly before: Standing; readonly now: Standing },
): string[] {
  return [
    ...(now.granted > before.granted ? ['an approval was granted'] : []),
    ...(now.written === before.written ? [] : ['records were moved or removed']),
    ...(now.planHash === before.planHash || changesPlan ? [] : ['the plan was changed']),
    ...(changesPlan && now.planHash === before.planHash ? ['the plan was not changed'] : []),
  ];
}
