/** Why records were set aside or changed, most of them first. */
import type { z } from 'zod';
import type { Engine } from '../../contract/contract.ts';
import type { causeFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import type { Cause } from '../../contract/quarantine.ts';
import { shownText } from '../../core/shown-text.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { countOf, formatCount } from '../../report/words.ts';
import { findEntity } from './find-entity.ts';
import { lowerWords, sentence, shownName } from './told-names.ts';

type CauseFacts = z.infer<typeof shape>;

export interface CauseQuestion {
  readonly engine: Pick<Engine, 'causes'>;
  /** To understand the entity's name; null: it is taken as it is. */
  readonly plan: PlanFile | null;
  readonly runId: string | null;
  readonly entity: string | null;
}

const MOST_TOLD = 3;

/** Of the newest run unless told. @throws MigrationError NO_RUN, UNKNOWN_ENTITY or AMBIGUOUS_NAME */
export async function causeFacts({
  engine,
  plan,
  runId,
  entity,
}: CauseQuestion): Promise<Told<CauseFacts[]>> {
  const name = entity !== null && plan !== null ? findEntity(plan, entity).name : entity;
  const causes = await engine.causes({
    ...(runId === null ? {} : { runId }),
    ...(name === null ? {} : { entity: name }),
  });
  const data = causes.map(factsOf);
  return { words: wordsOf(data, name), data, choices: choicesOf(data) };
}

function factsOf({ entity, outcome, reason, column, rows, explanation }: Cause): CauseFacts {
  return {
    entity,
    outcome,
    reason,
    column: column === null ? null : shownName(column),
    rows,
    explanation: shownText(explanation),
  };
}

function wordsOf(causes: readonly CauseFacts[], entity: string | null): string {
  const of = (outcome: CauseFacts['outcome']) => causes.filter((cause) => cause.outcome === outcome);
  const [aside, repaired] = [of('quarantined'), of('repaired')];
  const place = entity === null ? '' : ` of ${lowerWords(entity)}`;
  if (causes.length === 0) return `No record${place} was set aside, and none had to be changed to fit.`;
  return [
    aside.length === 0
      ? `No record${place} was set aside.`
      : `${countOf(rowsOf(aside), 'record')}${place} ${rowsOf(aside) === 1 ? 'is' : 'are'} set aside. ${told(aside)}`,
    repaired.length > 0 &&
      `${countOf(rowsOf(repaired), 'value')} ${rowsOf(repaired) === 1 ? 'was' : 'were'} changed to fit, and the old ${rowsOf(repaired) === 1 ? 'one' : 'ones'} kept.${aside.length === 0 ? ` ${told(repaired)}` : ''}`,
  ]
    .filter((part) => part !== false)
    .join(' ');
}

function told(causes: readonly CauseFacts[]): string {
  const shown = [...causes].sort((a, b) => b.rows - a.rows).slice(0, MOST_TOLD);
  const lines = shown.map(
    ({ entity, rows, explanation }) =>
      `${sentence(lowerWords(entity))}, ${formatCount(rows)}: ${explanation}`,
  );
  const more = causes.length - shown.length;
  return [...lines, ...(more > 0 ? [`${countOf(more, 'more reason')} besides.`] : [])].join(' ');
}

function rowsOf(causes: readonly CauseFacts[]): number {
  return causes.reduce((sum, { rows }) => sum + rows, 0);
}

function choicesOf(causes: readonly CauseFacts[]): string[] {
  return causes.some(({ outcome }) => outcome === 'quarantined')
    ? ['Go through them', 'Show one record', 'Where are we']
    : ['Where are we'];
}
