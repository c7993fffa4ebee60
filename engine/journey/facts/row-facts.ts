/**
 * What became of one record: moved, set aside, left out or none of these, and why; what was made of it on the way, who
 * approved that, whether it was compared, what changed since. Values by their form only.
 */
import type { z } from 'zod';
import type { RowExplanation } from '../../contract/explain.ts';
import type { rowFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { shownSentence, shownText } from '../../core/shown-text.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { formatMoment, joinWords } from '../../report/words.ts';
import { singularOf } from '../../schema/words.ts';
import type { JourneyEngine } from '../journey-engine.ts';
import { findEntity } from './find-entity.ts';
import { lowerWords, sentence, shownName } from './told-names.ts';

type RowFacts = z.infer<typeof shape>;

export interface RowQuestion {
  readonly engine: Pick<JourneyEngine, 'explainRow'>;
  readonly plan: PlanFile;
}

/** `id` is the old key or the new id. @throws MigrationError NO_RUN, UNKNOWN_ENTITY or AMBIGUOUS_NAME */
export async function rowFacts(
  { engine, plan }: RowQuestion,
  name: string,
  id: string,
): Promise<Told<RowFacts>> {
  const said = id.trim();
  const excluded = plan.excluded.find(({ table, schema }) => [table, `${schema}.${table}`].includes(name));
  const entity = excluded === undefined ? findEntity(plan, name).name : name;
  const told = await engine.explainRow({ entity, id: said });
  const data = factsOf(told);
  return { words: wordsOf(data, told), data, choices: choicesOf(data) };
}

function factsOf(told: RowExplanation): RowFacts {
  return {
    entity: told.entity,
    legacyId: shownText(told.legacyId, 120),
    fate: told.fate,
    newId: told.newId,
    ...(told.duplicateOf === undefined ? {} : { duplicateOf: shownText(told.duplicateOf, 120) }),
    batchId: told.batch?.batchId ?? null,
    retried: told.retried,
    runId: told.run?.runId ?? null,
    reason: told.quarantine?.explanation ?? (told.leftOut && sentence(shownSentence(told.leftOut, 400))),
    repairs: told.repairs.map(({ column, rule }) => ({ column: shownName(column), rule })),
    source: told.source && shownRow(told.source),
    steps: told.columns.flatMap(({ column, steps, misfit }) =>
      steps.map((step, i) => ({
        column: shownName(column),
        does: shownText(step.words, 200),
        before: shownValue(step.before),
        after: shownValue(step.after),
        misfit: step.misfit ?? (i === steps.length - 1 ? (misfit?.message ?? null) : null),
      })),
    ),
    pointsTo: told.references.map((one) => ({
      ...one,
      column: shownName(one.column),
      legacyId: shownText(one.legacyId, 80),
    })),
    approvedBy: told.approval && shownSentence(told.approval.approver, 80),
    planHash: told.run?.planHash ?? null,
    verified: told.verification.state,
    changed: told.changes.words === '' ? null : shownText(told.changes.words, 400),
    notKnown: told.notKnown.map((doubt) => shownText(doubt, 300)),
  };
}

function shownRow(row: Readonly<Record<string, string | null>>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [shownName(name), shownValue(value)]));
}

function shownValue(value: string | null): string | null {
  return value === null ? null : shownText(value, 80);
}

function wordsOf(facts: RowFacts, told: RowExplanation): string {
  const kind = lowerWords(singular(facts.entity));
  const what = `${sentence(kind)} ${facts.legacyId}`;
  const since = facts.changed === null ? '' : ` ${facts.changed}`;
  switch (facts.fate) {
    case 'set-aside':
      return `${what} was set aside and is not in the new system. ${facts.reason} It is kept as it was.${since}`;
    case 'moved':
      return `${what} is in the new system, under the permanent number ${facts.newId}.${retryWords(facts)} ${repairWords(facts)} ${proofWords(told)}${since}`;
    case 'duplicate':
      return `${what} is the same record as ${facts.duplicateOf}, so it has no row of its own. The new system knows both under the permanent number ${facts.newId}, and everything that refers to ${facts.legacyId} leads there.`;
    case 'kept':
      return `${what} is the same as a record that the new system had before, ${facts.newId}; that one was left as it was.${since}`;
    case 'updated':
      return `${what} is the same as a record that the new system had before, ${facts.newId}; the move changed that one. ${proofWords(told)}${since}`;
    case 'left-out':
      return `${what} was not moved. ${facts.reason}`;
    case 'not-moved':
      return `${what} is in the old database, but was neither moved nor set aside by any run. ${shownText(told.words, 300)}`;
    case 'unknown':
      return `I found no ${kind} ${facts.legacyId}, neither in the old database nor among what was moved or set aside.`;
  }
}

function repairWords({ repairs }: RowFacts): string {
  const columns = [...new Set(repairs.map(({ column }) => column.replaceAll('_', ' ')))];
  if (columns.length === 0) return 'Nothing had to be changed to fit.';
  const values = columns.length === 1 ? 'value is' : 'values are';
  return `Changed to fit: ${joinWords(columns)}; the old ${values} kept in the notes of the record.`;
}

function retryWords({ retried }: RowFacts): string {
  if (retried === null) return '';
  const at = formatMoment(retried.at);
  return retried.how === 'moved'
    ? ` It had been set aside and was moved later, ${at}.`
    : ` It was moved without a link, which it got later, ${at}.`;
}

function proofWords({ approval, retried, verification }: RowExplanation): string {
  const yes =
    approval === null
      ? ''
      : `${shownSentence(approval.approver, 80).replace(/\.$/, '')} approved ${retried === null ? 'the move' : 'that'}, ${formatMoment(approval.at)}. `;
  return `${yes}${shownText(verification.words, 300)}`;
}

/** `purchase_orders` → `purchase_order` */
function singular(entity: string): string {
  const words = entity.split('_');
  return [...words.slice(0, -1), singularOf(words.at(-1)!)].join('_');
}

function choicesOf({ fate }: RowFacts): string[] {
  if (fate === 'set-aside') return ['Show others with the same reason', 'Change the rule'];
  const isThere = ['moved', 'kept', 'updated', 'duplicate'].includes(fate);
  return isThere ? ['Show how it moves'] : ['Show what is set aside'];
}
