/** What a person's message asks for. Read from that message alone; the first phrasing that fits wins. */

import { splitCode } from './code-in-message.ts';
import type { Intent } from './intent-names.ts';
import { changes } from './patterns/changes.ts';
import { code } from './patterns/code.ts';
import { explanations } from './patterns/explanations.ts';
import { moves } from './patterns/moves.ts';
import type { PatternTable } from './patterns/pattern-table.ts';
import { personalData } from './patterns/personal-data.ts';
import { planQuestions } from './patterns/plan-questions.ts';
import { proofAndParts } from './patterns/proof-and-parts.ts';
import { questions } from './patterns/questions.ts';
import { refusals, statement } from './patterns/refusals.ts';
import { talk } from './patterns/talk.ts';
import { matchPhrase, type Phrase, phrase, type Slots } from './phrases.ts';
import { clausesOf, type Sentence, sentenceOf } from './sentence.ts';
import { mendSpelling } from './spelling.ts';

export interface Understood {
  readonly intent: Intent | 'unknown';
  readonly slots: Slots;
  /** The message, or the part of it that was understood. */
  readonly sentence: Sentence;
  /** Code that stood in the message, which is read for no wish. */
  readonly code: string | null;
}

type Match = Omit<Understood, 'code'>;

/** Said beside something else, they are not what is meant. */
const small: readonly string[] = [
  'unknown',
  'greeting',
  'thanks',
  'how-are-you',
  'yes',
  'no',
  'later',
  'go-on',
  'bye',
  'who',
];

const never = compile(refusals);
const rows = compile([
  ...planQuestions,
  ...personalData,
  ...code,
  ...talk,
  ...proofAndParts,
  ...changes,
  ...moves,
  ...questions,
  ...explanations,
]);

/** What the program says in the person's place when an approval was decided. Anybody may type it: it decides nothing. */
const decision = /^\(The approval “.*” was (given|declined) by .*\)$/s;

export function readIntent(message: string): Understood {
  const { words, code } = splitCode(message);
  return { ...readWords(words), code };
}

function readWords(message: string): Match {
  const whole = sentenceOf(message);
  const event = decision.exec(message.trim());
  if (event) return { intent: event[1] === 'given' ? 'approved' : 'declined', slots: {}, sentence: whole };
  const parts = clausesOf(message).map(sentenceOf);
  return (
    forbidden(whole) ??
    parts.map(forbidden).find((found) => found !== null) ??
    match(rows, whole) ??
    bestOf(parts) ??
    nameOnly(whole) ?? { intent: 'unknown', slots: {}, sentence: whole }
  );
}

/** “Patients?”: a word or two that may name a kind of record. */
function nameOnly(sentence: Sentence): Match | null {
  const [near = ''] = sentence.forms;
  return /^[\p{L}_][\w\p{L}.]*( [\w\p{L}.]+){0,2}$/u.test(near)
    ? { intent: 'name', slots: { name: near }, sentence }
    : null;
}

function forbidden(sentence: Sentence): Match | null {
  const isStatement = statement.test(sentence.raw) && match(rows, sentence)?.intent !== 'ddl';
  return isStatement ? { intent: 'run-sql', slots: {}, sentence } : match(never, sentence);
}

function bestOf(parts: readonly Sentence[]): Match | null {
  const found = parts.map((part) => match(rows, part)).filter((part) => part !== null);
  return found.find(({ intent }) => !small.includes(intent)) ?? found[0] ?? null;
}

type Row = readonly [Intent, readonly Phrase[]];

function match(table: readonly Row[], sentence: Sentence): Match | null {
  for (const form of [...sentence.forms, ...sentence.forms.map(mendSpelling)]) {
    const found = firstPhrase(table, form);
    if (found !== null) return { ...found, sentence };
  }
  return null;
}

function firstPhrase(table: readonly Row[], form: string): { intent: Intent; slots: Slots } | null {
  for (const [intent, phrases] of table) {
    for (const candidate of phrases) {
      const slots = matchPhrase(candidate, form);
      if (slots !== null) return { intent, slots };
    }
  }
  return null;
}

function compile(table: PatternTable): readonly Row[] {
  return table.map(([intent, written]) => [intent, written.map(phrase)]);
}
