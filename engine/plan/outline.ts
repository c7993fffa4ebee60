/**
 * The outline of a plan: which tables become entities, how they are called, what they refer to and in which order they
 * move. Columns are the mapping's business (mapping/suggest-plan.ts), which builds the plan file on this.
 */
import type { Catalog, Table, TableName } from '../schema/catalog.ts';
import { displayName, tableKey } from '../schema/table-key.ts';
import { areasOf } from './business-areas.ts';
import { djangoDispatch } from './django-dispatch.ts';
import type { EntityKey } from './entity-key.ts';
import { nameEntities } from './entity-names.ts';
import { type EntityReference, entityKeys, type References, referencesOf } from './entity-references.ts';
import { type Dependency, type Levels, levelsOf } from './levels.ts';
import { generalProfile, type NamingProfile, priorityOf } from './naming-profile.ts';
import type { PlanFile } from './plan-file.ts';

export interface EntityOutline {
  readonly name: string;
  readonly table: Table;
  readonly key: EntityKey;
  readonly level: number;
  readonly priority: 'critical' | 'high' | 'medium';
  readonly phase: string;
  readonly financial: boolean;
  /** True where the people who sign in are kept. */
  readonly users: boolean;
  readonly references: readonly EntityReference[];
  readonly notCarried: References['notCarried'];
  /** Source columns whose reference is settled in the second pass. */
  readonly deferred: readonly string[];
}

export interface PlanOutline {
  readonly profile: NamingProfile;
  readonly entities: readonly EntityOutline[];
  readonly groups: PlanFile['groups'];
  readonly phases: PlanFile['phases'];
  readonly excluded: PlanFile['excluded'];
  readonly rings: Levels['rings'];
}

const FAMILIES: readonly NamingProfile[] = [djangoDispatch];

export function outlinePlan(catalog: Catalog, families: readonly NamingProfile[] = FAMILIES): PlanOutline {
  const moved = catalog.tables.filter((table) => reasonToLeaveOut(table) === null);
  const profile = profileFor(catalog, families);
  const names = nameEntities(moved, profile.entities);
  const keys = entityKeys(moved);
  const references = new Map(
    moved.map((table) => [tableKey(table), referencesOf(table, catalog, names, keys)]),
  );
  const { levels, deferred, rings } = levelsOf([...names.values()], dependenciesOf(moved, names, references));
  const places = moved.map((table) => {
    const name = names.get(tableKey(table))!;
    const targets = references.get(tableKey(table))!.carried.flatMap((reference) => reference.entities);
    return { table, name, level: levels.get(name)!, targets };
  });
  places.sort((a, b) => a.level - b.level || (a.name < b.name ? -1 : 1));
  const { groups, phases } = areasOf(places, profile);
  const phaseOf = new Map(
    phases.flatMap((phase) => phase.entities.map((name) => [name, phase.name] as const)),
  );
  const entities = places.map(({ table, name, level }): EntityOutline => {
    const own = references.get(tableKey(table))!;
    return {
      name,
      table,
      key: keys.get(tableKey(table))!,
      level,
      priority: priorityOf(profile.businessLevels[name] ?? level),
      phase: phaseOf.get(name)!,
      financial: profile.financial.includes(name),
      users: profile.users.includes(name),
      references: own.carried,
      notCarried: own.notCarried,
      deferred: deferred.get(name) ?? [],
    };
  });
  return { profile, entities, groups, phases, excluded: excludedTables(catalog), rings };
}

function profileFor(catalog: Catalog, families: readonly NamingProfile[]): NamingProfile {
  const names = new Set(catalog.tables.map((table) => table.name));
  return families.find((family) => family.signs.every((sign) => names.has(sign))) ?? generalProfile;
}

function dependenciesOf(
  tables: readonly Table[],
  names: ReadonlyMap<string, string>,
  references: ReadonlyMap<string, References>,
): Dependency[] {
  return tables.flatMap((table) =>
    references.get(tableKey(table))!.carried.map((reference) => ({
      entity: names.get(tableKey(table))!,
      column: reference.column,
      targets: reference.entities,
      nullable: reference.nullable,
    })),
  );
}

function excludedTables(catalog: Catalog): PlanFile['excluded'] {
  const known = new Set(catalog.tables.map(tableKey));
  return catalog.tables.flatMap((table) => {
    const alone = table.kind === 'partition' && table.parent && !known.has(tableKey(table.parent));
    const reason = alone ? withoutWhole(table.parent!) : reasonToLeaveOut(table);
    return reason === null ? [] : [{ schema: table.schema, table: table.name, reason }];
  });
}

/** Why a table is not moved, or null where it is. */
function reasonToLeaveOut(table: Table): string | null {
  if (table.housekeeping) return `${table.housekeeping.framework}: ${table.housekeeping.reason}`;
  if (table.kind === 'partition')
    return `part of ${partOf(table.parent)}: its rows move with the whole table`;
  if (table.kind === 'view') return 'a view: it has no rows of its own';
  if (table.kind === 'materialized-view') return 'a materialised view: it is computed from other tables';
  if (table.kind === 'foreign') return 'a foreign table: its rows are kept by another server';
  if (table.columns.length === 0) return 'it has no columns';
  return null;
}

/** Its whole lies in a schema that was not asked for. */
function withoutWhole(parent: TableName): string {
  return `part of ${displayName(parent)}, which was not analysed: its rows do not move unless that schema is named too`;
}

function partOf(parent: TableName | null | undefined): string {
  return parent ? displayName(parent) : 'a partitioned table';
}
