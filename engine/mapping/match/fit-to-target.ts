/**
 * A suggested plan on a target that holds tables already. The rule is per entity: one that finds its table fills it, any other
 * gets a table of its own, under a name that is free. Decides nothing that could lose something without asking for it.
 */

import { cutName } from '../../plan/identifier.ts';
import type { PlanColumn, PlanEntity, PlanFile } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import type { Catalog, Table } from '../../schema/catalog.ts';
import { fingerprintOf } from '../../schema/fingerprint.ts';
import { shownCodes } from '../../schema/shown-codes.ts';
import { displayName, tableKey } from '../../schema/table-key.ts';
import type { Ask } from '../questions/suggested-plan.ts';
import {
  askAboutCodes,
  askAboutColumn,
  askAboutLabels,
  askAboutRequired,
  type UnknownValues,
} from './ask-about-columns.ts';
import {
  askAboutHomeless,
  askAboutMerge,
  askAboutOldKey,
  askAboutOwnTable,
  askAboutTable,
} from './ask-about-target.ts';
import { fitColumn, fitEntity, rowsIn } from './fit-entity.ts';
import { wordsFor } from './fit-labels.ts';
import { fitType } from './fit-type.ts';
import { type MovingEntity, matchTables, type TableMatch } from './match-tables.ts';
import { likeness, nameOf } from './name-likeness.ts';
import { likelyKeys, naturalKeys } from './natural-keys.ts';
import { requiredColumns } from './required-columns.ts';
import { cannotFill, settleReferences } from './settle-references.ts';
import { risksOfTables } from './table-risks.ts';
import type { CatalogPlace, TypePlace } from './type-fit.ts';

export interface TargetFit {
  readonly entities: PlanEntity[];
  readonly risks: PlanFile['risks'];
  /** Of the tables that are filled; null where there are none. */
  readonly fingerprint: string | null;
}

/** Begins the comment of a table that Towpath made: it is no table of somebody else's. */
const OURS = /^Made by Towpath/;

/** Tables of the target that a plan could fill. */
export function foreignTables(target: Catalog, schema: string): Table[] {
  return target.tables.filter(
    (table) =>
      table.schema === schema &&
      (table.kind === 'table' || table.kind === 'partitioned') &&
      !OURS.test(table.comment ?? ''),
  );
}

export function fitToTarget(
  moving: readonly MovingEntity[],
  schema: string,
  place: CatalogPlace,
  ask: Ask,
): TargetFit {
  const tables = foreignTables(place.target, schema);
  const usable = tables.filter((table) => unsuited(table) === null);
  const matches = settleReferences(matchTables(moving, usable, place));
  const taken = new Set(othersNames(place.target, schema));
  const filled: Table[] = [];
  const entities = moving.map(({ entity }) => {
    const match = matches.get(entity.name);
    const reason = match ? cannotFill(match) : null;
    if (match && reason === null) {
      filled.push(match.table);
      return fill(match, { ...place, targetTable: match.table }, ask);
    }
    const named = match?.table ?? tables.find(({ name }) => name === entity.target.table);
    const own = ownTable(entity, taken);
    const why = reason ?? (named && (unsuited(named) ?? 'its columns are about something else'));
    if (named && why) ask(askAboutOwnTable(own, named, why));
    return own;
  });
  return {
    entities: filled.length === 0 ? entities.map(withoutCreate) : entities,
    risks: risksOfTables(entities, filled),
    fingerprint: fingerprintOfTables(place.target, filled),
  };
}

/** Where the plan makes every table, none has to say so. */
function withoutCreate(entity: PlanEntity): PlanEntity {
  const { create: _create, ...target } = entity.target;
  return { ...entity, target };
}

/** Tables that Towpath made are filled again by the same plan. */
function othersNames(target: Catalog, schema: string): string[] {
  return target.tables
    .filter((table) => table.schema === schema && !OURS.test(table.comment ?? ''))
    .map(({ name }) => name);
}

/** Structure of some tables, with the types they use. */
function fingerprintOfTables(target: Catalog, tables: readonly Table[]): string | null {
  if (tables.length === 0) return null;
  const keys = new Set(tables.map(tableKey));
  return fingerprintOf({
    ...target,
    schemas: [],
    tables: target.tables.filter((table) => keys.has(tableKey(table))),
  });
}

/** Why rows cannot be moved into a table, whatever they are. */
function unsuited(table: Table): string | null {
  const [name, more] = table.primaryKey?.columns ?? [];
  const key = table.columns.find((column) => column.name === name);
  if (!key || more !== undefined) return 'it has no key of one column, so records could not be told apart';
  const tied = table.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === key.name);
  if (tied) return `every row there must be a row of ${displayName(tied.references)} first`;
  if (key.type.name !== 'uuid')
    return `its key ${key.name} is ${key.type.sql}, while moved records are known by a uuid`;
  return key.name === 'id' ? null : `its key is called ${key.name}, while moved records are known by id`;
}

function ownTable(entity: PlanEntity, taken: Set<string>): PlanEntity {
  let name = entity.target.table;
  for (let n = 1; taken.has(name); n++)
    name = cutName(`legacy_${entity.target.table}`, n === 1 ? '' : `_${n}`);
  taken.add(name);
  return { ...entity, target: { ...entity.target, table: name, create: true } };
}

function fill(match: TableMatch, place: TypePlace, ask: Ask): PlanEntity {
  const { entity: fitted, homeless, oldKey } = fitEntity(match);
  const { table } = match;
  const required = requiredColumns(fitted, place);
  const entity: PlanEntity = {
    ...fitted,
    columns: [...fitted.columns, ...required.map(({ column }) => column)],
  };
  const about = askAboutTable(match);
  if (about) ask(about);
  const rows = rowsIn(table);
  const keys = rows > 0 ? naturalKeys(entity, table) : [];
  if (rows > 0) ask(askAboutMerge(entity, table, rows, keys, likelyKeys(entity)));
  for (const { column, options } of required) ask(askAboutRequired(entity, column, options));
  askAboutColumns(match, entity, place, ask);
  askAboutUnexplained(match, entity, place, ask);
  const told = homeless.filter((name) => !isEmpty(match.sourceTable, name));
  if (told.length > 0) ask(askAboutHomeless(entity, told));
  if (oldKey !== null) ask(askAboutOldKey(entity, oldKey));
  return keys[0] ? { ...entity, merge: { by: [...keys[0]], onMatch: 'keep' } } : entity;
}

function askAboutColumns(match: TableMatch, entity: PlanEntity, place: TypePlace, ask: Ask): void {
  for (const pair of match.matches) {
    const column = entity.columns.find(({ to }) => to === pair.target.name)!;
    if (pair.fit.unknown.length > 0)
      ask(askAboutLabels(entity, column, unknownOf(match, pair), wordsFor(pair.target, place)));
    const question = askAboutColumn(entity, pair, column, rivalColumn(match, pair, place));
    if (question) ask(question);
  }
}

/** Values that nothing fits, with those that may be told: values of people are counted only. */
function unknownOf(
  { sourceTable }: TableMatch,
  { fit, suggested }: TableMatch['matches'][number],
): UnknownValues {
  const source = sourceTable.columns.find(({ name }) => name === suggested.from);
  const shown = new Set(source ? shownCodes(sourceTable, source) : []);
  return { values: fit.unknown, shown: fit.unknown.filter((value) => shown.has(value)) };
}

/** Codes without words, where the target has a column of that name in words. */
function askAboutUnexplained(match: TableMatch, entity: PlanEntity, place: TypePlace, ask: Ask): void {
  const notes = entity.columns.some((column) => transformsOf(column)[0]!.kind === 'metadata');
  for (const suggested of match.homeless) {
    const source = match.sourceTable.columns.find(({ name }) => name === suggested.from);
    const codes = source?.profile?.codes?.length ?? 0;
    if (!source || codes < 2 || codes > 4 || !/^int/.test(source.type.name)) continue;
    if (shownCodes(match.sourceTable, source)?.length !== codes) continue;
    const target = match.table.columns.find(
      (column) =>
        wordsFor(column, place).length > 0 &&
        !match.matches.some((pair) => pair.target === column) &&
        likeness(nameOf(source.name), nameOf(column.name)).score >= 0.9,
    );
    const labels = target ? wordsFor(target, place) : [];
    if (!target || labels.length < codes) continue;
    const fit = { score: 0.5, transform: suggested.transform, reason: '', unknown: [] };
    const score = 0.7;
    const reason = 'codes and words as a person said';
    const column = fitColumn({ suggested, target, score, reason, fit, rival: null });
    ask(askAboutCodes(entity, source, column, labels, notes ? 'notes' : 'left-out'));
  }
}

/** The column as it would be in the other place. */
function rivalColumn(
  match: TableMatch,
  pair: TableMatch['matches'][number],
  place: TypePlace,
): PlanColumn | null {
  const source = match.sourceTable.columns.find(({ name }) => name === pair.suggested.from);
  if (!pair.rival || !source || ['reference', 'polymorphic'].includes(transformsOf(pair.suggested)[0]!.kind))
    return null;
  const fit = fitType(source, pair.suggested, pair.rival, place);
  return fit && fitColumn({ ...pair, target: pair.rival, fit, rival: null });
}

/** Nobody loses anything by a column that every row leaves empty. */
function isEmpty(table: Table, name: string): boolean {
  if (table.exactRows === 0) return true;
  const profile = table.columns.find((column) => column.name === name)?.profile;
  return (
    profile !== undefined &&
    profile !== null &&
    profile.nullRate === 1 &&
    profile.sampledRows >= rowsIn(table)
  );
}
