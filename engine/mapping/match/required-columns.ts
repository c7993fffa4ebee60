/** Columns that a table requires and that no source column fills, with values that a person can choose from. */
import type { PlanColumn, PlanEntity } from '../../plan/plan-file.ts';
import type { Column } from '../../schema/catalog.ts';
import { literalDefault } from './fit-entity.ts';
import { wordsFor } from './fit-labels.ts';
import { isRequired } from './match-tables.ts';
import type { TypePlace } from './type-fit.ts';

export interface RequiredColumn {
  readonly column: PlanColumn;
  readonly options: readonly RequiredOption[];
}

export interface RequiredOption {
  readonly text: string;
  readonly value: string;
  /** A person writes another one into the plan. */
  readonly byHand?: true;
}

/** Required ones without a source, with a value that stands for unknown. */
export function requiredColumns(entity: PlanEntity, place: TypePlace): RequiredColumn[] {
  const named = new Set(entity.columns.map(({ to }) => to));
  return place.targetTable.columns
    .filter((column) => isRequired(column) && !named.has(column.name))
    .flatMap((column) => {
      const options = valuesFor(column, wordsFor(column, place));
      const value = options[0]?.value ?? literalDefault(column) ?? '';
      return [
        {
          column: constantColumn(column, value),
          options:
            options.length > 1
              ? options
              : [
                  { text: `“${value}”`, value },
                  { text: 'I write it into the plan myself.', value, byHand: true },
                ],
        },
      ];
    });
}

function constantColumn(column: Column, value: string): PlanColumn {
  return {
    to: column.name,
    type: column.type.sql,
    nullable: false,
    transform: { kind: 'constant', value },
    onMisfit: 'quarantine',
    confidence: 0.3,
    reason: 'required there, and the old system has nothing like it',
  };
}

/** Values for a required column that nobody fills, or none that could be meant. */
function valuesFor(
  column: Column,
  labels: readonly string[],
): readonly { readonly text: string; readonly value: string }[] {
  const option = (value: string, text = `“${value}”`) => ({ text, value });
  if (labels.length > 0) return labels.slice(0, 8).map((label) => option(label));
  const name = column.type.kind === 'domain' ? (column.type.of ?? '') : column.type.name;
  if (/^(text|varchar|bpchar|citext)$/.test(name))
    return [option('unknown'), option('-'), option('', 'An empty text')];
  if (/^(int[248]|numeric|float[48])$/.test(name)) return [option('0'), option('1')];
  if (name === 'bool') return [option('false', 'No (false)'), option('true', 'Yes (true)')];
  if (/^jsonb?$/.test(name)) return [option('{}', 'An empty object'), option('[]', 'An empty list')];
  if (name === 'timestamptz' || name === 'timestamp')
    return [
      option('1970-01-01 00:00:00+00', 'The first of January 1970, which stands for unknown'),
      option('2000-01-01 00:00:00+00', 'The first of January 2000'),
    ];
  if (name === 'date')
    return [
      option('1970-01-01', 'The first of January 1970, which stands for unknown'),
      option('2000-01-01', 'The first of January 2000'),
    ];
  return [];
}
