/** The plan at a glance: how much moves in how many steps, what stays behind, what may go wrong, what is least sure. */
import type { z } from 'zod';
import type { planFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { redactText } from '../../core/redaction.ts';
import { shownSentence, shownText } from '../../core/shown-text.ts';
import { checkPlan } from '../../plan/check-plan.ts';
import { isCodeColumn } from '../../plan/code-units.ts';
import type { PlanFinding } from '../../plan/finding.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { planHash } from '../../plan/plan-hash.ts';
import { countOf, formatCount, joinWords, spanWords } from '../../report/words.ts';
import type { Catalog } from '../../schema/catalog.ts';
import { shownReason } from './shown-transform.ts';
import { lowerWords, numberWord, sentence, shownName, shownTable } from './told-names.ts';

type PlanFacts = z.infer<typeof shape>;

/** Below this, a choice deserves a look. */
const SURE = 0.9;
const MOST_UNSURE = 20;

export interface PlanQuestion {
  readonly plan: PlanFile;
  /** The kept one, to check the plan against; null: only its own form is known to be right. */
  readonly catalog: Catalog | null;
}

export function planFacts({ plan, catalog }: PlanQuestion): Told<PlanFacts> {
  const code = codeOfPlan(plan);
  const data: PlanFacts = {
    hash: planHash(plan),
    migration: plan.migration,
    entities: plan.entities.length,
    levels: new Set(plan.entities.map(({ level }) => level)).size,
    rows: plan.estimate.rows,
    seconds: plan.estimate.seconds,
    excluded: plan.excluded.map(({ schema, table, reason }) => ({
      table: shownTable({ schema, name: table }),
      reason: shownSentence(reason, 200),
    })),
    risks: plan.risks.map(({ severity, text }) => ({ severity, text: shownSentence(text, 400) })),
    unsure: unsureOf(plan),
    mistakes: catalog === null ? [] : mistakesOf(checkPlan(plan, catalog)),
    ...(code.length === 0 ? {} : { code }),
  };
  return { words: wordsOf(data), data, choices: choicesOf(data) };
}

/** What forbids approval, without what a wrong value is. */
export function mistakesOf(findings: readonly PlanFinding[]): PlanFacts['mistakes'] {
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ path, message, hint, inCode }) => ({
      path: shownText(path),
      // A compiler quotes the code and the types of columns, never a row.
      message: inCode ? shownText(redactText(message), 400) : shownSentence(message, 400),
      hint: shownSentence(hint, 400),
    }));
}

function unsureOf(plan: PlanFile): PlanFacts['unsure'] {
  return plan.entities
    .flatMap((entity) => entity.columns.map((column) => ({ entity: entity.name, column })))
    .filter(({ column }) => column.confidence < SURE)
    .sort((a, b) => a.column.confidence - b.column.confidence)
    .slice(0, MOST_UNSURE)
    .map(({ entity, column }) => ({
      entity,
      column: shownName(column.to),
      confidence: column.confidence,
      reason: shownReason(column),
    }));
}

function codeOfPlan(plan: PlanFile): NonNullable<PlanFacts['code']> {
  return plan.entities
    .map((entity) => ({
      entity: entity.name,
      columns: entity.columns.filter(isCodeColumn).map(({ to }) => shownName(to)),
    }))
    .filter(({ columns }) => columns.length > 0);
}

function codeWords(code: NonNullable<PlanFacts['code']>): string {
  const count = code.reduce((sum, { columns }) => sum + columns.length, 0);
  if (count === 0) return '';
  const where = joinWords(code.map(({ entity }) => lowerWords(entity)));
  return `${sentence(numberWord(count))} ${count === 1 ? 'field' : 'fields'} of ${where} ${count === 1 ? 'is' : 'are'} worked out by code, which needs Docker to run.`;
}

function wordsOf(facts: PlanFacts): string {
  if (facts.mistakes.length > 0) {
    const [first] = facts.mistakes;
    return `The plan has ${countOf(facts.mistakes.length, 'mistake')} that must be put right before it can be used. The first: ${first!.path}: ${first!.message} ${first!.hint}`;
  }
  const kinds = `${formatCount(facts.entities)} ${facts.entities === 1 ? 'kind of records moves' : 'kinds of records move'}`;
  const steps = countOf(facts.levels, 'step');
  const order = facts.levels > 1 ? '; each step starts only when the one before has been checked' : '';
  return [
    `${kinds} in ${steps}${order}.`,
    `${formatCount(facts.rows)} records in all, in ${spanWords({ low: Math.round(facts.seconds), high: Math.round(facts.seconds) })}.`,
    behind(facts.excluded.length),
    codeWords(facts.code ?? []),
    facts.unsure.length > 0 &&
      `${sentence(numberWord(facts.unsure.length))} ${facts.unsure.length === 1 ? 'choice deserves' : 'choices deserve'} a look, because I am less sure of ${facts.unsure.length === 1 ? 'it' : 'them'}.`,
    'You can undo all of it until the clean-up at the very end.',
  ]
    .filter((part) => part !== false && part !== '')
    .join(' ');
}

function behind(count: number): string {
  if (count === 0) return '';
  return `${sentence(numberWord(count))} ${count === 1 ? 'table stays' : 'tables stay'} behind.`;
}

function choicesOf(facts: PlanFacts): string[] {
  if (facts.mistakes.length > 0) return ['Show the mistakes', 'Make a new plan'];
  const look = facts.unsure.length > 0 ? ['Go through the less sure choices'] : [];
  return ['Rehearse first', ...look, 'Show what stays behind', 'What could go wrong'];
}
