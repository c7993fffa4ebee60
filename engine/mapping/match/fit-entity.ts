/**
 * An entity as it was suggested for a table of its own → the same entity for a table that is there: columns by their match,
 * types and rules as the target has them. Every source column ends in a column, in the table's own notes (a jsonb column
 * such as `metadata`), or in `leftOut` with a reason.
 */
import { heldSources } from '../../plan/held-sources.ts';
import type { PlanColumn, PlanEntity } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import type { Column, Table } from '../../schema/catalog.ts';
import { displayName } from '../../schema/table-key.ts';
import { familyOf } from './fit-type.ts';
import type { ColumnMatch } from './match-columns.ts';
import type { TableMatch } from './match-tables.ts';

const NOTES =
  /^(metadata|meta|extra|extras|attributes|properties|details|additional|additional_data|custom_fields|legacy|raw)$/;
const OLD_KEY = /^(legacy|old|source|external|import|previous)_(id|key|number|ref)$/;

export interface FittedEntity {
  readonly entity: PlanEntity;
  /** Source columns that found no place, neither in a column nor in notes. */
  readonly homeless: readonly string[];
  /** The old key, where it is a mere number or uuid without a column there: only the list of pairs has it then. */
  readonly oldKey: string | null;
}

export function fitEntity(match: TableMatch): FittedEntity {
  const { entity, table, matches } = match;
  const taken = new Set(matches.map(({ target }) => target.name));
  const free = table.columns.filter((column) => !taken.has(column.name) && !column.generated);
  const id = entity.columns.find((column) => transformsOf(column)[0]!.kind === 'uuid')!;
  const columns = [
    { ...id, reason: 'the new key; rows that are there keep theirs' },
    ...matches.map(fitColumn),
  ];
  const keyColumn = oldKeyColumn(entity, free);
  if (keyColumn) columns.push(keyColumn);
  const unplaced = homelessSources(match, columns);
  const oldKey = isMereNumber(entity)
    ? (unplaced.find((name) => entity.key.columns[0] === name) ?? null)
    : null;
  const lost = unplaced.filter((name) => name !== oldKey);
  const notes = notesColumn(entity, free, lost);
  if (notes) columns.push(notes);
  const homeless = notes ? [] : lost;
  const names = new Set(columns.map(({ to }) => to));
  const renamed = new Map(matches.map(({ suggested, target }) => [suggested.to, target.name]));
  return {
    homeless,
    oldKey,
    entity: {
      ...entity,
      target: { schema: table.schema, table: table.name, create: false },
      columns,
      deferred: entity.deferred.flatMap((name) => renamed.get(name) ?? []),
      uniques: table.uniques
        .filter((key) => key.columns.every((name) => names.has(name)))
        .map(({ name, columns: of }) => ({ name, columns: [...of] })),
      indexes: [],
      checks: [],
      leftOut: [
        ...entity.leftOut,
        ...(oldKey === null
          ? []
          : [{ column: oldKey, reason: 'the old key: Towpath’s list of old and new keys has it' }]),
        ...homeless.map((column) => ({
          column,
          reason: `the table ${displayName(table)} of the new system has no column for it`,
        })),
      ],
      notes: [
        ...entity.notes,
        `It fills the table ${displayName(table)} that is there already (${match.score.toFixed(2)}: ${match.reason}).`,
      ],
    },
  };
}

export function fitColumn({ suggested, target, score, reason, fit }: ColumnMatch): PlanColumn {
  const { range: _range, default: fallback, money, ...rest } = suggested;
  const value = target.nullable ? null : (fallback ?? literalDefault(target));
  return {
    ...rest,
    to: target.name,
    type: target.type.sql,
    nullable: target.nullable,
    transform: withMissing(fit.transform, target.nullable),
    ...(value === null ? {} : { default: value }),
    ...(money && ['decimal', 'integer'].includes(familyOf(target.type)) ? { money } : {}),
    confidence: Math.round(Math.min(suggested.confidence, score) * 100) / 100,
    reason,
  };
}

function isMereNumber({ key }: PlanEntity): boolean {
  return key.kind === 'integer' || key.kind === 'uuid';
}

/** A reference that must not be empty cannot lose its parent. */
function withMissing(transform: PlanColumn['transform'], nullable: boolean): PlanColumn['transform'] {
  if (Array.isArray(transform) || nullable) return transform;
  return transform.kind === 'reference' || transform.kind === 'polymorphic'
    ? { ...transform, onMissing: 'quarantine' }
    : transform;
}

/** A default that is a plain value; the server fills it in only where the column is not named at all. */
export function literalDefault({ default: expression }: Column): string | null {
  if (expression === null) return null;
  const text = /^'((?:[^']|'')*)'::[^(]+$/.exec(expression)?.[1];
  if (text !== undefined) return text.replaceAll("''", "'");
  return /^(-?\d+(\.\d+)?|true|false)$/.test(expression) ? expression : null;
}

function oldKeyColumn(entity: PlanEntity, free: readonly Column[]): PlanColumn | null {
  const suggested = entity.columns.find((column) => column.to === 'legacy_id');
  const target = free.find(
    ({ name, type }) => OLD_KEY.test(name) && ['text', 'integer'].includes(familyOf(type)),
  );
  if (!suggested || !target) return null;
  const textual = familyOf(target.type) === 'text';
  if (!textual && (suggested.from === undefined || !/^(small|big)?int/.test(suggested.type))) return null;
  if (suggested.from === undefined && target.name !== 'legacy_id') return null;
  return {
    ...suggested,
    to: target.name,
    type: target.type.sql,
    nullable: target.nullable,
    transform: suggested.type === target.type.sql ? { kind: 'copy' } : { kind: 'cast' },
  };
}

/** Source columns whose values none of these columns holds. */
function homelessSources({ entity, sourceTable }: TableMatch, columns: readonly PlanColumn[]): string[] {
  const held = heldSources({ ...entity, columns: [...columns] });
  const left = new Set(entity.leftOut.map(({ column }) => column));
  return sourceTable.columns.map(({ name }) => name).filter((name) => !held.has(name) && !left.has(name));
}

function notesColumn(entity: PlanEntity, free: readonly Column[], sources: string[]): PlanColumn | null {
  const target = free.find(({ name, type }) => NOTES.test(name) && type.name === 'jsonb');
  if (!target) return null;
  const suggested = entity.columns.find((column) => transformsOf(column)[0]!.kind === 'metadata')!;
  return {
    ...suggested,
    to: target.name,
    type: target.type.sql,
    nullable: target.nullable,
    transform: { kind: 'metadata', columns: sources },
    confidence: 0.9,
    reason:
      sources.length === 0
        ? 'what was repaired on the way'
        : `what was repaired on the way, and ${sources.length} columns without one of their own there`,
  };
}

/** How many rows the table holds, as well as it is known. */
export function rowsIn(table: Table): number {
  return Math.max(0, Math.round(table.exactRows ?? table.estimatedRows ?? 0));
}
