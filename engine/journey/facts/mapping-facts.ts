/** How one kind of record moves: field by field, with what happens to values that do not fit. */
import type { z } from 'zod';
import type { mappingFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { shownSentence, shownText } from '../../core/shown-text.ts';
import type { CodeBlock, PlanEntity } from '../../plan/plan-file.ts';
import { transformWords } from '../../plan/transform-words.ts';
import { transformsOf } from '../../plan/transforms.ts';
import { countOf, formatCount } from '../../report/words.ts';
import { findEntity } from './find-entity.ts';
import { personalNames } from './hidden-columns.ts';
import type { PlanQuestion } from './plan-facts.ts';
import { shownCode, shownCondition, shownReason, shownTransform } from './shown-transform.ts';
import { lowerWords, sentence, shownName, shownTable } from './told-names.ts';

type MappingFacts = z.infer<typeof shape>;

/** @throws MigrationError UNKNOWN_ENTITY or AMBIGUOUS_NAME */
export function mappingFacts({ plan, catalog }: PlanQuestion, name: string): Told<MappingFacts> {
  const entity = findEntity(plan, name);
  const personal = personalNames(entity, catalog);
  const data: MappingFacts = {
    entity: entity.name,
    from: shownTable({ schema: entity.source.schema, name: entity.source.table }),
    to: shownTable({ schema: entity.target.schema, name: entity.target.table }),
    level: entity.level,
    rows: entity.estimatedRows,
    where: entity.where === undefined ? null : shownCondition(entity.where, personal),
    columns: entity.columns.map((column) => {
      const hidden = personal.has(column.to);
      return {
        to: shownName(column.to),
        from: column.from === undefined ? null : shownName(column.from),
        type: shownText(column.type, 120),
        transform: transformsOf(column).map((step) => shownTransform(step, hidden && !isCode(column))),
        onMisfit: column.onMisfit,
        confidence: column.confidence,
        reason: shownReason(column),
      };
    }),
    leftOut: entity.leftOut.map(({ column, reason }) => ({
      column: shownName(column),
      reason: shownSentence(reason, 200),
    })),
    ...(entity.code === undefined ? {} : { code: entity.code.map((block) => shownBlock(block, personal)) }),
  };
  return {
    words: wordsOf(entity, data),
    data,
    choices: ['Change a field', 'Leave a field out', 'Show the plan'],
  };
}

function shownBlock(
  { reads, writes, file, source }: CodeBlock,
  personal: ReadonlySet<string>,
): NonNullable<MappingFacts['code']>[number] {
  const hidden = writes.some((name) => personal.has(name));
  return {
    reads: reads.map(shownName),
    writes: writes.map(shownName),
    file: file ?? null,
    source: source === undefined ? null : shownCode(source, hidden, [...reads, ...writes]),
  };
}

/** Such as a sex: one of a few words that say nothing of who it is. */
function isCode({ personal }: PlanEntity['columns'][number]): boolean {
  return personal === 'other';
}

function wordsOf(entity: PlanEntity, facts: MappingFacts): string {
  const changed = entity.columns.filter(
    (column) => column.from !== undefined && !['copy', 'cast'].includes(transformsOf(column)[0]!.kind),
  );
  const examples = changed
    .slice(0, 3)
    .map((column) => `${shownName(column.to)} ${transformWords(transformsOf(column))}`);
  return [
    `${sentence(lowerWords(entity.name))}: ${countOf(facts.rows, 'record')} of ${facts.from} become ${facts.to}, ${countOf(facts.columns.length, 'field')} each.`,
    changed.length > 0 &&
      `${formatCount(changed.length)} ${changed.length === 1 ? 'changes its form' : 'change their form'}, for example ${examples.join('; ')}.`,
    facts.where !== null && `Only those with ${facts.where}.`,
    facts.leftOut.length > 0 && `Left out: ${facts.leftOut.map(({ column }) => column).join(', ')}.`,
  ]
    .filter((part) => part !== false && part !== '')
    .join(' ');
}
