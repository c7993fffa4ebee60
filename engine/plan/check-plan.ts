/**
 * Checks a plan against the catalog it is for: everything that would make the engine stumble, as findings with lines.
 * Pure; each rule is one small function over one entity or the whole plan (check-columns.ts, check-references.ts).
 */
import type { Catalog } from '../schema/catalog.ts';
import { indexTables, tableKey } from '../schema/table-key.ts';
import { checkCode } from './check-code.ts';
import { checkColumns } from './check-columns.ts';
import { checkDedupe } from './check-dedupe.ts';
import { checkFilter } from './check-filter.ts';
import { checkLookups } from './check-lookups.ts';
import { checkMerge } from './check-merge.ts';
import { checkReferences } from './check-references.ts';
import { checkTarget } from './check-target.ts';
import { checkTransforms } from './check-transforms.ts';
import type { LocateLine, PlanFinding, PlanPath, Tell } from './finding.ts';
import { namedPath } from './named-path.ts';
import { nearest } from './nearest.ts';
import type { PlanFile } from './plan-file.ts';

export interface CheckPlanOptions {
  /** The target's catalog, where its tables exist already. */
  readonly target?: Catalog | undefined;
  /** From readPlan, so that findings have lines. */
  readonly locate?: LocateLine | undefined;
}

/** Findings in the order of the file; a plan may be approved when none is an error. */
export function checkPlan(plan: PlanFile, catalog: Catalog, options: CheckPlanOptions = {}): PlanFinding[] {
  const findings: PlanFinding[] = [];
  const tell: Tell = (at, message, hint, severity = 'error') => {
    findings.push({ line: options.locate?.(at) ?? null, path: namedPath(at, plan), severity, message, hint });
  };
  checkPlace(plan, catalog, tell);
  checkNames(plan, tell);
  const tables = indexTables(catalog.tables);
  plan.entities.forEach((entity, i) => {
    const at = ['entities', i];
    const table = tables.get(tableKey({ schema: entity.source.schema, name: entity.source.table }));
    if (!table) {
      const meant = nearest(
        entity.source.table,
        catalog.tables.map((item) => item.name),
      );
      tell(
        [...at, 'source', 'table'],
        `The source has no table ${entity.source.schema}.${entity.source.table}.`,
        meant ? `Did you mean ${meant}?` : 'Analyse the source again, or take the entity out.',
      );
      return;
    }
    checkColumns(entity, table, at, tell);
    checkCode(entity, table, at, tell);
    checkFilter(entity, table, at, tell);
    checkReferences(plan, entity, table, at, tell);
    checkDedupe(entity, table, at, tell);
    checkMerge(plan, entity, at, tell);
    checkTransforms(entity, table, at, tell);
    checkLookups({ plan, catalog }, entity, table, at, tell);
  });
  checkGroups(plan, tell);
  checkForgotten(plan, catalog, tell);
  if (options.target) checkTarget(plan, options.target, tell);
  return findings.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

const SYSTEM_SCHEMA = /^(pg_|towpath|(information_schema|mastra)$)/;

function checkPlace(plan: PlanFile, catalog: Catalog, tell: Tell): void {
  if (plan.source.fingerprint !== catalog.fingerprint) {
    tell(
      ['source', 'fingerprint'],
      'The source has changed since this plan was made.',
      'Analyse it again, then have a new plan made: towpath analyze, then towpath plan --force.',
      'warning',
    );
  }
  const schemas = [
    ['target', 'schema'] as PlanPath,
    ...plan.entities.map((_, i): PlanPath => ['entities', i, 'target', 'schema']),
  ];
  const named = [plan.target.schema, ...plan.entities.map((entity) => entity.target.schema)];
  named.forEach((schema, i) => {
    if (SYSTEM_SCHEMA.test(schema))
      tell(schemas[i]!, `The schema ${schema} is reserved.`, 'Choose another, for example public.');
  });
  try {
    new Intl.DateTimeFormat('en', { timeZone: plan.settings.timeZone });
  } catch {
    tell(
      ['settings', 'timeZone'],
      `There is no time zone named ${plan.settings.timeZone}.`,
      'Use a name like UTC or Europe/Berlin.',
    );
  }
}

/** Entities, target tables and source tables stand once each. */
function checkNames(plan: PlanFile, tell: Tell): void {
  const once = (what: string, key: (entity: PlanFile['entities'][number]) => string, step: PlanPath) => {
    const seen = new Map<string, string>();
    plan.entities.forEach((entity, i) => {
      const first = seen.get(key(entity));
      if (first !== undefined)
        tell(
          ['entities', i, ...step],
          `${what} ${key(entity)} stands twice: ${first} has it too.`,
          'Rename one of them.',
        );
      else seen.set(key(entity), entity.name);
    });
  };
  once('The entity', (entity) => entity.name, ['name']);
  once('The target table', ({ target }) => `${target.schema}.${target.table}`, ['target', 'table']);
  const relations = new Map<string, string>(
    plan.entities.map((entity) => [entity.target.table, `the table of ${entity.name}`]),
  );
  plan.entities.forEach((entity, i) => {
    for (const list of ['uniques', 'indexes'] as const) {
      entity[list].forEach((item, k) => {
        const first = relations.get(item.name);
        if (first !== undefined)
          tell(
            ['entities', i, list, k, 'name'],
            `The name ${item.name} is taken by ${first}.`,
            'Tables and indexes share their names: choose another.',
          );
        else
          relations.set(item.name, `${list === 'uniques' ? 'a unique key' : 'an index'} of ${entity.name}`);
      });
    }
  });
}

function checkGroups(plan: PlanFile, tell: Tell): void {
  const names = plan.entities.map((entity) => entity.name);
  const known = new Set(names);
  const check = (at: PlanPath, name: string) => {
    if (known.has(name)) return;
    const meant = nearest(name, names);
    tell(at, `There is no entity named ${name}.`, meant ? `Did you mean ${meant}?` : 'Take it out.');
  };
  for (const [group, members] of Object.entries(plan.groups)) {
    for (const [i, name] of members.entries()) check(['groups', group, i], name);
    if (known.has(group) && !members.includes(group)) {
      tell(
        ['groups', group],
        `The group ${group} is called like an entity that is not in it.`,
        'Rename the group.',
        'warning',
      );
    }
  }
  for (const [p, phase] of plan.phases.entries()) {
    for (const [i, name] of phase.entities.entries()) check(['phases', p, 'entities', i], name);
  }
  const inPhase = new Set(plan.phases.flatMap((phase) => phase.entities));
  plan.entities.forEach((entity, i) => {
    if (plan.phases.length > 0 && !inPhase.has(entity.name)) {
      tell(
        ['entities', i, 'phase'],
        `${entity.name} is in no phase.`,
        'Add it to one under phases.',
        'warning',
      );
    }
  });
}

/** Nothing is dropped silently: a table with rows is an entity or is left out with a reason. */
function checkForgotten(plan: PlanFile, catalog: Catalog, tell: Tell): void {
  const named = new Set([
    ...plan.entities.map(({ source }) => tableKey({ schema: source.schema, name: source.table })),
    ...plan.excluded.map((item) => tableKey({ schema: item.schema, name: item.table })),
  ]);
  for (const table of catalog.tables) {
    if ((table.kind !== 'table' && table.kind !== 'partitioned') || named.has(tableKey(table))) continue;
    if (!plan.source.schemas.includes(table.schema)) continue;
    tell(
      ['excluded'],
      `The table ${table.schema}.${table.name} is neither moved nor left out.`,
      'Add an entity for it, or list it under excluded with a reason.',
      'warning',
    );
  }
}
