/** One entity of the plan, column by column, with a few values before and after. Personal ones are masked by the engine. */
import type { ColumnExample, Engine } from '../../engine/contract/contract.ts';
import type { Told } from '../../engine/contract/journey.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import { shownSentence, shownText } from '../../engine/core/shown-text.ts';
import { personalNames } from '../../engine/journey/facts/hidden-columns.ts';
import { openQuestions } from '../../engine/plan/open-questions.ts';
import type { PlanEntity, PlanFile } from '../../engine/plan/plan-file.ts';
import { entityWords } from '../../engine/report/words.ts';
import type { Catalog } from '../../engine/schema/catalog.ts';
import type { EntityView, MappingFacts } from '../shapes/plan.ts';
import { referencesOf } from './plan-view.ts';

export interface EntityQuestion {
  readonly engine: Pick<Engine, 'examples'>;
  readonly plan: PlanFile;
  readonly catalog: Catalog | null;
}

const EXAMPLES = 3;

export async function entityViewOf(
  { engine, plan, catalog }: EntityQuestion,
  facts: Told<MappingFacts>,
): Promise<EntityView> {
  const entity = plan.entities.find(({ name }) => name === facts.data.entity)!;
  const hidden = personalNames(entity, catalog);
  return {
    ...facts,
    data: {
      ...facts.data,
      title: entityWords(entity.name),
      ...(await examplesOf({ engine, plan, catalog }, entity)),
      needs: referencesOf(entity).map(({ entity: name }) => name),
      neededBy: plan.entities
        .filter((other) => referencesOf(other).some(({ entity: name }) => name === entity.name))
        .map(({ name }) => name),
      personal: entity.columns.filter(({ to }) => hidden.has(to)).map(({ to }) => shownText(to, 70)),
      questions: openQuestions(plan)
        .filter(({ about }) => about.entity === entity.name)
        .map(({ number, about }) => ({ number, column: about.column ?? null })),
      sources: sourcesOf(entity, catalog),
    },
  };
}

function sourcesOf({ source }: PlanEntity, catalog: Catalog | null): string[] {
  const table = catalog?.tables.find(({ schema, name }) => schema === source.schema && name === source.table);
  return table?.columns.map(({ name }) => shownText(name, 70)) ?? [];
}

type Examples = Pick<EntityView['data'], 'examples' | 'withoutExamples'>;

/** That there are none is no reason not to show the mapping. */
async function examplesOf(
  { engine, plan, catalog }: EntityQuestion,
  { name }: PlanEntity,
): Promise<Examples> {
  if (catalog === null) return none('Nobody has looked at the old database yet.');
  try {
    const found = await engine.examples(plan, { catalog, entities: [name], count: EXAMPLES });
    const columns = [...(found.get(name) ?? [])];
    if (columns.length === 0) return none('No row of the old table could be read in time.');
    return { examples: Object.fromEntries(columns.map(shownColumn)), withoutExamples: null };
  } catch (error) {
    if (error instanceof MigrationError) return none(error.message);
    throw error;
  }
}

type Shown = Examples['examples'][string];

function shownColumn([column, examples]: readonly [string, readonly ColumnExample[]]): [string, Shown] {
  const show = (value: string | null) => (value === null ? null : shownText(value, 60));
  const shown = examples.map(({ before, after, misfit }) => ({
    before: show(before),
    after: show(after),
    misfit: misfit === null ? null : shownSentence(misfit, 200),
  }));
  return [shownText(column, 70), shown];
}

function none(why: string): Examples {
  return { examples: {}, withoutExamples: why };
}
