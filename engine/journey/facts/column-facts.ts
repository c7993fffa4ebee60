/**
 * One column in numbers. No value of a person's data leaves here: of a hidden column nothing but counts, of the others the
 * ends of numbers and dates, and codes, which are few, short and repeated.
 */
import type { z } from 'zod';
import type { columnFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { shownText } from '../../core/shown-text.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { countOf, formatShare } from '../../report/words.ts';
import type { Catalog, Column, Table } from '../../schema/catalog.ts';
import { shownCodes } from '../../schema/shown-codes.ts';
import { tableKey } from '../../schema/table-key.ts';
import { findColumn, findTable } from './find-table.ts';
import { personalKind, plannedColumns } from './hidden-columns.ts';
import { type Ends, roughEnds } from './rough-ends.ts';
import { shownName, shownTable, toldNames } from './told-names.ts';

export type ColumnFacts = z.infer<typeof shape>;

export interface Looked {
  readonly catalog: Catalog;
  readonly plan: PlanFile | null;
}

/** @throws MigrationError UNKNOWN_TABLE, UNKNOWN_COLUMN or AMBIGUOUS_NAME */
export function columnFacts({ catalog, plan }: Looked, table: string, name: string): Told<ColumnFacts> {
  const found = findTable(catalog, toldNames(catalog, plan), table);
  const column = findColumn(found, plan, name);
  const data = factsOfColumn({ catalog, plan }, found, column);
  return {
    words: wordsOf(data, shownTable(found)),
    data,
    choices: ['Show how it moves', 'Show the whole table'],
  };
}

export function factsOfColumn({ catalog, plan }: Looked, table: Table, column: Column): ColumnFacts {
  const { profile } = column;
  const personal = personalKind(column, plannedColumns(plan, table));
  const ends = personal === null && !identifying(table, column) ? endsOf(table, column) : NO_ENDS;
  return {
    column: shownName(column.name),
    type: shownText(column.type.sql, 120),
    nullable: column.nullable,
    nullRate: profile?.nullRate ?? null,
    distinct: profile?.distinct ?? null,
    ...ends,
    values: personal === null ? shownCodes(table, column) : null,
    patterns: Object.entries(profile?.patterns ?? {})
      .map(([pattern, share]) => ({ pattern, share }))
      .sort((a, b) => b.share - a.share),
    personal,
    references: referenceOf(catalog, table, column),
    comment: column.comment === null ? null : shownText(column.comment),
  };
}

const NO_ENDS: Ends = { min: null, max: null };
const ORDERED = /^(int[248]|numeric|float[48]|date|time|timetz|timestamp|timestamptz)$/;

/** A day before this is somebody's birthday, whatever its column is called. */
const OLDER_THAN_OFFICES = '1960';

function endsOf(table: Table, { name, type, profile }: Column): Ends {
  const storage = type.kind === 'domain' ? (type.of ?? '') : type.name;
  if (!ORDERED.test(storage)) return NO_ENDS;
  if (storage === 'date' && (profile?.min ?? '') < OLDER_THAN_OFFICES) return NO_ENDS;
  const ends = { min: profile?.min ?? null, max: profile?.max ?? null };
  const ofRecords = [table.primaryKey, ...table.foreignKeys].some((key) => key?.columns.includes(name));
  return ofRecords && /^int/.test(storage) ? ends : roughEnds(storage, ends);
}

/** Long numbers that are nearly all different and no key: somebody's account, insurance or telephone number. */
function identifying(table: Table, { name, type, profile }: Column): boolean {
  if (!/^(int[48]|numeric|float[48])$/.test(type.name) || !profile) return false;
  const isKey = table.primaryKey?.columns.includes(name) ?? false;
  const present = profile.sampledRows * (1 - profile.nullRate);
  const digits = Math.max(
    ...[profile.min, profile.max].map((value) => value?.replace(/\D/g, '').length ?? 0),
  );
  return !isKey && digits >= 7 && profile.distinct >= present * 0.9;
}

function referenceOf(catalog: Catalog, table: Table, { name }: Column): string | null {
  const declared = table.foreignKeys.find(({ columns }) => columns.includes(name));
  if (declared) return shownTable(declared.references);
  for (const relation of catalog.inferred) {
    if (tableKey(relation.table) !== tableKey(table)) continue;
    if (relation.kind === 'foreign-key' && relation.column === name) return shownTable(relation.references);
    if (relation.kind === 'generic' && relation.idColumn === name && relation.targets.length > 0)
      return relation.targets.map((target) => shownTable(target.table)).join(' or ');
  }
  return null;
}

function wordsOf(facts: ColumnFacts, table: string): string {
  const parts = [`${facts.column} in ${table} holds ${facts.type}`];
  if (facts.nullRate !== null) parts.push(emptyWords(facts.nullRate));
  if (facts.distinct !== null && facts.distinct > 0) parts.push(countOf(facts.distinct, 'different value'));
  if (facts.references !== null) parts.push(`it points at ${facts.references}`);
  const sentences = [`${parts.join('; ')}.`];
  if (facts.personal !== null)
    sentences.push(`Its values are hidden, because they are personal (${facts.personal.replace('-', ' ')}).`);
  else if (facts.values !== null) sentences.push(`Its values: ${facts.values.join(', ')}.`);
  else if (facts.min !== null && facts.max !== null) sentences.push(`From ${facts.min} to ${facts.max}.`);
  return sentences.join(' ');
}

function emptyWords(nullRate: number): string {
  if (nullRate === 0) return 'never empty';
  return nullRate === 1 ? 'always empty' : `empty in ${formatShare(nullRate, 1)}`;
}
