/**
 * Prepares entities for loading or checking: counts, keys of parents, duplicates, the compiled mapper.
 *
 * Parents come first: an entity of this run starts with an empty set of keys that fills as its batches commit; one
 * that was moved before has its keys read from the mapping pairs. Both ways the set says the same.
 */
import { MigrationError } from '../core/errors.ts';
import type { Session } from '../db/database.ts';
import { compileEntity } from '../mapping/compile.ts';
import type { KeptIds } from '../mapping/kept-ids.ts';
import { createKeySet } from '../mapping/key-set.ts';
import { ParentKeys } from '../mapping/parent-keys.ts';
import { compileSha1Block } from '../mapping/sha1-block.ts';
import { IdMaker } from '../mapping/uuid-v5.ts';
import { dedupeRuleOf } from '../plan/dedupe-rule.ts';
import type { PlanEntity, PlanFile } from '../plan/plan-file.ts';
import { transformsOf } from '../plan/transforms.ts';
import type { Catalog, Table, TableName } from '../schema/catalog.ts';
import type { CodeDesk } from './code/code-desk.ts';
import { readerOf } from './code/reader-of.ts';
import { duplicatesSql } from './duplicates.sql.ts';
import { type DuplicateSearch, holdDuplicates } from './duplicates.ts';
import type { EntityLoad } from './entity-load.ts';
import { createKeyFacts } from './key-facts.ts';
import { findDuplicateValues } from './unique-values.ts';

export interface PrepareInput {
  readonly plan: PlanFile;
  readonly catalog: Catalog;
  readonly runId: string;
  /** The migration's secret namespace, 16 bytes. */
  readonly namespace: Uint8Array;
  readonly ledger: KeyLedger;
  /** A source session in a transaction on the run's snapshot. */
  readonly source: Session;
  /** True for entities whose rows this run is still to bring. Without it all are taken to be in the target. */
  readonly comesLater?: (entity: string) => boolean;
  /** Entities during whose batches the triggers of the target's tables are kept from firing. */
  readonly silenced?: ReadonlySet<string>;
  /** True for entities whose duplicates nobody has decided yet and nobody will keep: they are found while preparing. */
  readonly undecided?: (entity: string) => boolean;
  /** Where code runs; without it rows of an entity with code cannot be read. */
  readonly code?: CodeDesk | null;
  /** Text for those who look at mapped values rather than load them; by default whatever loads fastest. */
  readonly wire?: 'text';
}

/** Where the mapping pairs of entities are. A dry run has one that knows of nothing and keeps nothing. */
export interface KeyLedger {
  register(entity: string): Promise<{ readonly entityNo: number; readonly pairsTable: TableName }>;
  /** Adds the keys of the rows that are in the target already. */
  readKeys(pairsTable: TableName, into: ParentKeys): Promise<void>;
  /** Rows of the entity that keep the id they have in the target; null where there are none. */
  keptIds?(entityNo: number, maker: IdMaker): Promise<KeptIds | null>;
}

export interface PreparedEntities {
  /** Prepares one entity; its parents must be prepared or migrated before. Prepared once. */
  prepare(name: string): Promise<EntityLoad>;
  /** Compiles some columns of an entity alone, and says how its rows are read; nothing of it is remembered. */
  compilePart(part: PlanEntity): Promise<Pick<EntityLoad, 'compiled' | 'read' | 'entityNo' | 'pairsTable'>>;
  /** How rows of an entity that are one record are found; null where each is its own. */
  duplicateSearch(name: string): Promise<DuplicateSearch | null>;
  readonly loads: ReadonlyMap<string, EntityLoad>;
  /** Source rows that the plan's filter leaves out. */
  excludedRows(name: string): number;
  /** True where all rows of an entity are in the target that will be. */
  isComplete(name: string): boolean;
  /** Id of a row of an entity that was prepared or is a parent of one that was. */
  idOf(name: string, key: string): string | null;
  /** Called once an entity's last batch has committed. */
  complete(name: string): void;
}

export function createPreparation(input: PrepareInput): PreparedEntities {
  const { plan, catalog, ledger, source } = input;
  const sha1 = compileSha1Block();
  const loads = new Map<string, EntityLoad>();
  const parents = new Map<string, ParentKeys>();
  const facts = createKeyFacts({ tableOf: (entity) => tableOf(catalog, entity), source });

  async function parentKeys(name: string): Promise<ParentKeys> {
    const known = parents.get(name);
    if (known) return known;
    const entity = entityOf(plan, name);
    const keyFacts = await facts.of(entity);
    const kind = keyFacts.exact ? 'integer' : 'text';
    const { entityNo, pairsTable } = await ledger.register(name);
    const created = new ParentKeys(
      name,
      kind,
      createKeySet({ ...keyFacts, kind }),
      new IdMaker(input.namespace, name, sha1, await keptIds(entity, entityNo)),
    );
    created.complete = !(input.comesLater?.(name) ?? false);
    parents.set(name, created);
    try {
      await ledger.readKeys(pairsTable, created);
    } catch (error) {
      parents.delete(name); // half a set of keys would make orphans of rows that have a parent
      throw error;
    }
    return created;
  }

  /** Entities whose rows all get an id of their own are not asked about. */
  async function keptIds(entity: PlanEntity, entityNo: number): Promise<KeptIds | null> {
    const search = searchOf(entity, entityNo);
    if (entity.merge === undefined && search === null) return null;
    const recorded = (await ledger.keptIds?.(entityNo, makerOf(entity))) ?? null;
    if (recorded !== null || search === null || !input.undecided?.(entity.name)) return recorded;
    return holdDuplicates(search, source);
  }

  function searchOf(entity: PlanEntity, entityNo: number): DuplicateSearch | null {
    const rule = dedupeRuleOf(entity);
    if (rule === null) return null;
    return { entityNo, sql: duplicatesSql(entity, rule, tableOf(catalog, entity)), ids: makerOf(entity) };
  }

  function makerOf({ name }: PlanEntity): IdMaker {
    return new IdMaker(input.namespace, name, sha1);
  }

  async function prepare(name: string): Promise<EntityLoad> {
    const known = loads.get(name);
    if (known) return known;
    const planned = entityOf(plan, name);
    const keyFacts = await facts.of(planned);
    const keys = await parentKeys(name);
    const load: EntityLoad = {
      ...(await compile(planned, keys.ids.keptIds)),
      runId: input.runId,
      target: { schema: planned.target.schema, name: planned.target.table },
      keys,
      expectedRows: keyFacts.rows,
      merge: planned.merge?.onMatch ?? null,
      deduped: dedupeRuleOf(planned) !== null,
      silenced: input.silenced?.has(name) ?? false,
    };
    loads.set(name, load);
    return load;
  }

  /** Null where every row is moved, so that nobody looks. */
  function ownIds(entity: PlanEntity, keptIds: KeptIds | null): IdMaker | null {
    if (keptIds === null || dedupeRuleOf(entity) === null) return null;
    return new IdMaker(input.namespace, entity.name, sha1, keptIds);
  }

  async function compile(
    planned: PlanEntity,
    keptIds: KeptIds | null,
  ): Promise<Pick<EntityLoad, 'compiled' | 'read' | 'entityNo' | 'pairsTable'>> {
    const table = tableOf(catalog, planned);
    const keyFacts = await facts.of(planned);
    const inexact = planned.key.kind === 'integer' && !keyFacts.exact;
    const entity: PlanEntity = inexact ? { ...planned, key: { ...planned.key, kind: 'text' } } : planned;
    for (const parent of parentNames(entity)) await parentKeys(parent);
    const compiled = compileEntity({
      entity,
      table,
      timeZone: plan.settings.timeZone,
      namespace: input.namespace,
      parents,
      parentOf: (parent) => {
        const found = entityOf(plan, parent);
        return { entity: found, table: tableOf(catalog, found) };
      },
      tableOf: (named) => sourceTable(catalog, named, entity.name),
      duplicates: await findDuplicateValues(entity, table, source, ownIds(entity, keptIds)),
      keptIds,
      ...(input.wire === undefined ? {} : { wire: input.wire }),
    });
    return {
      compiled,
      read: readerOf(compiled, input.code ?? null),
      ...(await ledger.register(planned.name)),
    };
  }

  return {
    prepare,
    compilePart: (part) => compile(part, null),
    async duplicateSearch(name) {
      const entity = entityOf(plan, name);
      if (dedupeRuleOf(entity) === null) return null;
      return searchOf(entity, (await ledger.register(name)).entityNo);
    },
    loads,
    excludedRows: (name) => facts.known(name)?.excluded ?? 0,
    idOf: (name, key) => parents.get(name)?.idOf(key) ?? null,
    isComplete: (name) => parents.get(name)?.complete ?? true,
    complete(name) {
      const keys = parents.get(name);
      if (keys) keys.complete = true;
    },
  };
}

/** Entities that an entity's references point to, itself included where it does. */
export function parentNames(entity: PlanEntity): string[] {
  const names = entity.columns.flatMap((column) => {
    return transformsOf(column).flatMap((transform) => {
      if (transform.kind === 'reference') return [transform.entity];
      return transform.kind === 'polymorphic' ? Object.values(transform.entities) : [];
    });
  });
  return [...new Set(names)];
}

export function entityOf(plan: PlanFile, name: string): PlanEntity {
  const entity = plan.entities.find((candidate) => candidate.name === name);
  if (entity) return entity;
  throw new MigrationError({
    code: 'UNKNOWN_ENTITY',
    message: `The plan has no entity named ${name}.`,
    hint: `Entities of the plan: ${plan.entities.map((candidate) => candidate.name).join(', ')}.`,
  });
}

export function tableOf(catalog: Catalog, entity: PlanEntity): Table {
  const { schema, table } = entity.source;
  return sourceTable(catalog, { schema, name: table }, entity.name);
}

function sourceTable(catalog: Catalog, { schema, name }: TableName, entity: string): Table {
  const found = catalog.tables.find((candidate) => candidate.schema === schema && candidate.name === name);
  if (found) return found;
  throw new MigrationError({
    code: 'SOURCE_DRIFT',
    message: `The source no longer has the table ${schema}.${name} of the entity ${entity}.`,
    hint: 'Analyse the source again and make a new plan: towpath analyze, then towpath plan.',
  });
}
