/** How hard the move is, in words that need no explanation; the report of `towpath analyze --report` holds all of it. */
import type { z } from 'zod';
import type { assessmentFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { shownSentence, shownText } from '../../core/shown-text.ts';
import { assess } from '../../report/assessment/assess.ts';
import type { Assessment } from '../../report/assessment/assessment.ts';
import { countOf, joinWords, spanWords } from '../../report/words.ts';
import type { Looked } from './column-facts.ts';

type AssessmentFacts = z.infer<typeof shape>;

const MOST = 12;
const MOST_EXAMPLES = 4;

export function assessmentFacts({ catalog, plan }: Looked): Told<AssessmentFacts> {
  const assessment = assess(catalog, { plan });
  const data = factsOf(assessment);
  return { words: wordsOf(data), data, choices: choicesOf(data, plan !== null) };
}

function factsOf(assessment: Assessment): AssessmentFacts {
  const { size, decisions, tables } = assessment;
  const grades = Map.groupBy(tables, ({ grade }) => grade);
  const columns = [...Map.groupBy(assessment.columns, ({ what }) => what)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  return {
    grade: assessment.grade,
    reasons: assessment.reasons.map((reason) => shownText(reason)),
    tables: {
      easy: grades.get('easy')?.length ?? 0,
      moderate: grades.get('moderate')?.length ?? 0,
      hard: grades.get('hard')?.length ?? 0,
    },
    hardest: tables
      .filter(({ grade }) => grade !== 'easy')
      .slice(0, MOST)
      .map(({ table, reasons }) => ({
        table: shownText(table, 130),
        reasons: reasons.slice(0, MOST_EXAMPLES).map((reason) => shownText(reason)),
      })),
    estimate: {
      rows: size.rows,
      bytes: size.bytes,
      seconds: size.seconds,
      targetBytes: size.targetBytes,
      walBytes: size.walBytes,
    },
    decisions: decisions.slice(0, MOST).map(({ text, recommended, required }) => ({
      question: shownSentence(text),
      recommended: shownText(recommended),
      required,
    })),
    decisionsCount: decisions.length,
    notMoving: assessment.notCarried
      .filter(({ fate }) => fate === 'left')
      .slice(0, MOST)
      .map(({ kind, count, alternative }) => ({
        kind: kind.replaceAll('-', ' '),
        count,
        instead: shownText(alternative),
      })),
    staysBehind: assessment.leftOut
      .filter(({ framework }) => framework !== null)
      .slice(0, MOST)
      .map(({ table, framework, reason }) => ({
        table: shownText(table, 130),
        of: framework === null ? null : shownText(framework, 70),
        reason: shownText(reason),
      })),
    columns: columns.slice(0, MOST).map(([what, items]) => ({
      what: shownText(what),
      count: items.length,
      examples: items
        .slice(0, MOST_EXAMPLES)
        .map(({ table, column }) => `${shownText(table, 130)}.${shownText(column, 70)}`),
    })),
    personalColumns: assessment.personal.length,
    guessedLinks: assessment.guessedLinks.length,
    unknown: assessment.unknown.slice(0, MOST).map((line) => shownText(line)),
  };
}

const GRADES = { easy: 'easy', moderate: 'moderately hard', hard: 'hard' } as const;

function wordsOf(facts: AssessmentFacts): string {
  const required = facts.decisions.filter((decision) => decision.required).length;
  const reasons = facts.reasons.filter((reason) => !/^\d+ questions? must be answered/.test(reason));
  const why = reasons.length === 0 ? '' : `, because ${joinWords(reasons.slice(0, 3))}`;
  const kinds = new Set(facts.notMoving.map(({ kind }) => kind)).size;
  return [
    `It is ${GRADES[facts.grade]} to move${why}.`,
    `From the sizes alone the move itself takes ${spanWords(facts.estimate.seconds)}; the rehearsal will say it better.`,
    required > 0 &&
      `${countOf(required, 'question')} ${required === 1 ? 'needs' : 'need'} your answer before the plan can be approved.`,
    kinds > 0 &&
      `${countOf(kinds, 'kind')} of things in it ${kinds === 1 ? 'does' : 'do'} not move by ${kinds === 1 ? 'itself' : 'themselves'}; the assessment says for each what to do instead.`,
    facts.unknown.length > 0 && `${countOf(facts.unknown.length, 'thing')} could not be found out.`,
  ]
    .filter((part) => part !== false)
    .join(' ');
}

function choicesOf({ decisionsCount, tables }: AssessmentFacts, planned: boolean): string[] {
  return [
    ...(planned && decisionsCount > 0 ? ['Show the questions'] : []),
    ...(tables.hard > 0 ? ['Show what is hard'] : []),
    planned ? 'Show the plan' : 'Make a plan',
  ];
}
