/**
 * What became of one record: moved, set aside, or neither, and why. Its values are masked; what may be seen are numbers
 * that point at other records, and codes of up to three digits.
 */
import type { z } from 'zod';
import type { Engine, FoundRow } from '../../contract/contract.ts';
import type { rowFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { shownText } from '../../core/shown-text.ts';
import type { PlanEntity, PlanFile } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import { maskValue } from '../../rehearsal/mask.ts';
import { explainCause } from '../../report/explain-cause.ts';
import { joinWords } from '../../report/words.ts';
import type { Catalog } from '../../schema/catalog.ts';
import { singularOf } from '../../schema/words.ts';
import { findEntity } from './find-entity.ts';
import { personalByName, personalNames } from './hidden-columns.ts';
import { lowerWords, sentence, shownName } from './told-names.ts';

type RowFacts = z.infer<typeof shape>;

export interface RowQuestion {
  readonly engine: Pick<Engine, 'findRow'>;
  readonly plan: PlanFile;
  readonly catalog: Catalog | null;
}

/** `id` is the old key or the new id. @throws MigrationError NO_RUN, UNKNOWN_ENTITY or AMBIGUOUS_NAME */
export async function rowFacts(
  { engine, plan, catalog }: RowQuestion,
  name: string,
  id: string,
): Promise<Told<RowFacts>> {
  const entity = findEntity(plan, name);
  const said = id.trim();
  const found = await engine.findRow({ entity: entity.name, id: said });
  const fate = fateOf(found);
  const data: RowFacts = {
    entity: entity.name,
    legacyId: shownKey(entity, found.legacyId, said),
    fate,
    newId: found.newId,
    ...(found.duplicateOf === undefined ? {} : { duplicateOf: shownKey(entity, found.duplicateOf, said) }),
    batchId: found.batchId,
    runId: found.runId,
    reason: reasonOf(found),
    repairs: found.repairs.map(({ column, rule }) => ({ column: shownName(column), rule })),
    source: maskedRow(found, entity, personalNames(entity, catalog)),
  };
  return { words: wordsOf(data, found), data, choices: choicesOf(data) };
}

function fateOf({ duplicateOf, newId, quarantined }: FoundRow): RowFacts['fate'] {
  if (quarantined !== null) return 'set-aside';
  if (newId === null) return 'unknown';
  return duplicateOf === undefined ? 'moved' : 'duplicate';
}

/** A text may be somebody's name; what the person said themselves is no secret to them. */
function shownKey({ key }: PlanEntity, legacyId: string, said: string): string {
  if (legacyId === said) return shownText(said, 120);
  return key.kind === 'text' || key.kind === 'composite' ? shownText(maskValue(legacyId), 120) : legacyId;
}

function reasonOf({ quarantined, filteredOut }: FoundRow): string | null {
  if (quarantined !== null) {
    const { reason, sqlstate, column } = quarantined;
    return shownText(explainCause({ outcome: 'quarantined', reason, sqlstate, column }));
  }
  return filteredOut ? 'The filter of the plan leaves it out.' : null;
}

/** Of the row as it was when it was set aside, else as the old database has it now. */
function maskedRow(found: FoundRow, entity: PlanEntity, personal: ReadonlySet<string>): RowFacts['source'] {
  const row = textsOf(found.quarantined?.sourceRow) ?? found.sourceRow;
  if (row === null) return null;
  const links = linkColumns(entity);
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      shownName(column),
      value === null
        ? null
        : personalByName(column) === 'secret'
          ? '•••'
          : shownValue(value, personal.has(column), links.has(column)),
    ]),
  );
}

function textsOf(row: unknown): Record<string, string | null> | null {
  if (row === null || typeof row !== 'object') return null;
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value === null ? null : typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

/** Old columns that hold whole numbers of records. */
function linkColumns(entity: PlanEntity): ReadonlySet<string> {
  const key = entity.key.kind === 'integer' ? entity.key.columns : [];
  const links = entity.columns.filter((column) =>
    ['reference', 'polymorphic'].includes(transformsOf(column)[0]!.kind),
  );
  return new Set([...key, ...links.flatMap(({ from }) => from ?? [])]);
}

function shownValue(value: string, personal: boolean, link: boolean): string {
  if (!personal && (link ? /^\d{1,10}$/ : /^(-?\d{1,3}|true|false)$/).test(value)) return value;
  return shownText(maskValue(value), 80);
}

function wordsOf(facts: RowFacts, { sourceRow, filteredOut }: FoundRow): string {
  const what = `${sentence(lowerWords(singular(facts.entity)))} ${facts.legacyId}`;
  if (facts.fate === 'set-aside') {
    return `${what} was set aside and is not in the new system. ${facts.reason} It is kept as it was.`;
  }
  if (facts.fate === 'duplicate') {
    return `${what} is the same record as ${facts.duplicateOf}, so it has no row of its own. The new system knows both under the permanent number ${facts.newId}, and everything that refers to ${facts.legacyId} leads there.`;
  }
  if (facts.fate === 'moved') {
    const columns = [...new Set(facts.repairs.map(({ column }) => column.replaceAll('_', ' ')))];
    const changed =
      columns.length === 0
        ? 'Nothing had to be changed to fit.'
        : `Changed to fit: ${joinWords(columns)}; the old ${columns.length === 1 ? 'value is' : 'values are'} kept in the notes of the record.`;
    return `${what} is in the new system, under the permanent number ${facts.newId}. ${changed}`;
  }
  if (filteredOut) return `${what} was not moved: the filter of the plan leaves it out.`;
  return sourceRow === null
    ? `I found no ${lowerWords(singular(facts.entity))} ${facts.legacyId}, neither in the old database nor among what was moved or set aside.`
    : `${what} is in the old database, but was neither moved nor set aside by any run.`;
}

/** `purchase_orders` → `purchase_order` */
function singular(entity: string): string {
  const words = entity.split('_');
  return [...words.slice(0, -1), singularOf(words.at(-1)!)].join('_');
}

function choicesOf({ fate }: RowFacts): string[] {
  if (fate === 'set-aside') return ['Show others with the same reason', 'Change the rule'];
  return fate === 'moved' || fate === 'duplicate' ? ['Show how it moves'] : ['Show what is set aside'];
}
