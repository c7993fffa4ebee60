/** A plan for a catalog: the outline of engine/plan filled with the suggested mapping of every column. Pure. */

import { MigrationError } from '../core/errors.ts';
import { estimateOf } from '../plan/estimate.ts';
import { numberQuestions } from '../plan/number-questions.ts';
import { type EntityOutline, outlinePlan } from '../plan/outline.ts';
import { type PlanEntity, type PlanFile, planFile } from '../plan/plan-file.ts';
import type { QuestionDraft } from '../plan/questions.ts';
import { risksOf } from '../plan/risks.ts';
import { risksOfObjects } from '../plan/risks-of-objects.ts';
import type { Catalog } from '../schema/catalog.ts';
import { fitToTarget } from './match/fit-to-target.ts';
import { askAboutPlan } from './questions/ask-about-plan.ts';
import type { SuggestContext } from './suggest-column.ts';
import { createRelationNames, type NameRelation, suggestConstraints } from './suggest-constraints.ts';
import { suggestEntityColumns } from './suggest-entity.ts';

export interface CreatePlanOptions {
  /** Name of the migration; ids derive from its namespace. */
  readonly migration: string;
  /** Default `public`. */
  readonly targetSchema?: string | undefined;
  /** Catalog of the target, where it may hold tables already; they are filled where they match. */
  readonly target?: Catalog | undefined;
  /** Day the plan is made, `YYYY-MM-DD`: the latest plausible birth date. Default: the day of the catalog. */
  readonly today?: string | undefined;
  /** Zone of source timestamps without one. Default UTC. */
  readonly timeZone?: string | undefined;
}

/** Throws a MigrationError where the catalog has no table that could be moved. */
export function createPlan(catalog: Catalog, options: CreatePlanOptions): PlanFile {
  const outline = outlinePlan(catalog);
  if (outline.entities.length === 0) {
    throw new MigrationError({
      code: 'NOTHING_TO_MIGRATE',
      message: `The database ${catalog.server.database} has no table to move in: ${catalog.schemas.join(', ') || 'no schema'}.`,
      hint: 'Check the name of the source database, or name the schemas to look at with --schema.',
    });
  }
  const timeZone = options.timeZone ?? 'UTC';
  const today = options.today ?? catalog.takenAt.slice(0, 10);
  const schema = options.targetSchema ?? 'public';
  const nameRelation = createRelationNames([
    ...outline.entities.map((entity) => entity.name),
    ...relationNames(options.target, schema),
  ]);
  const drafts: QuestionDraft[] = [];
  const ask = (question: QuestionDraft) => void drafts.push(question);
  const suggested = outline.entities.map((entity) =>
    suggestEntity({ entity, catalog, profile: outline.profile, timeZone, today, ask }, schema, nameRelation),
  );
  const moving = suggested.map((entity, i) => ({ entity, table: outline.entities[i]!.table }));
  const fit = options.target
    ? fitToTarget(moving, schema, { source: catalog, target: options.target, timeZone }, ask)
    : { entities: suggested, risks: [], fingerprint: null };
  const { entities, fingerprint } = fit;
  askAboutPlan({ catalog, outline, entities, timeZone }, ask);
  const plan: PlanFile = {
    version: 1,
    migration: options.migration,
    source: {
      database: catalog.server.database,
      schemas: [...catalog.schemas],
      fingerprint: catalog.fingerprint,
    },
    target: { schema, create: fingerprint === null, ...(fingerprint === null ? {} : { fingerprint }) },
    settings: { maxFailureRate: 0.01, timeZone },
    entities,
    groups: outline.groups,
    phases: outline.phases,
    excluded: outline.excluded,
    risks: [...risksOf(outline, entities), ...risksOfObjects(catalog), ...fit.risks],
    questions: numberQuestions(drafts),
    estimate: estimateOf(outline.entities),
  };
  return planFile.parse(plan);
}

/** One entity with its mapping; `nameRelation` gives names that nothing else of the plan has. */
export function suggestEntity(
  context: SuggestContext,
  schema: string,
  nameRelation: NameRelation,
): PlanEntity {
  const { entity } = context;
  const { columns, leftOut, deferred, labels, notes } = suggestEntityColumns(context);
  const named = { name: entity.name, key: entity.key, columns };
  const constraints = suggestConstraints(named, entity.table, labels, nameRelation, context.catalog.domains);
  return {
    name: entity.name,
    source: { schema: entity.table.schema, table: entity.table.name },
    target: { schema, table: entity.name },
    key: entity.key,
    level: entity.level,
    priority: entity.priority,
    phase: entity.phase,
    financial: entity.financial,
    dedupe: false,
    columns,
    deferred,
    ...constraints,
    leftOut,
    estimatedRows: rowsOf(entity),
    difficulty: entity.table.difficulty.grade,
    notes,
  };
}

function rowsOf({ table }: EntityOutline): number {
  return Math.max(0, Math.round(table.exactRows ?? table.estimatedRows ?? 0));
}

/** Names of the schema that are taken: tables and indexes share one space of names. */
function relationNames(target: Catalog | undefined, schema: string): string[] {
  const tables = target?.tables.filter((table) => table.schema === schema) ?? [];
  return tables.flatMap((table) => [table.name, ...table.indexes.map((index) => index.name)]);
}
