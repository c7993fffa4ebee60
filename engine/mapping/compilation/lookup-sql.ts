/** The SQL of a value that is looked up in another table of the source; steps/lookup.ts reads what it gives. */
import { quoteIdentifier } from '../../db/quote.ts';
import type { PlanColumn, ReferenceMatch } from '../../plan/plan-file.ts';
import type { Table } from '../../schema/catalog.ts';
import { foundSql } from '../parent-lookup.ts';
import type { TransformOf } from '../steps/step.ts';
import { type CompileInput, unsupported } from './compile-input.ts';

export function lookupSql(spec: TransformOf<'lookup'>, column: PlanColumn, input: CompileInput): string {
  const { table, key } = placeOf(spec, input);
  return foundSql(
    matchOf(spec, column, key, input),
    table,
    `coalesce('=' || p.${quoteIdentifier(spec.column)}::text, '-')`,
  );
}

function placeOf(
  { entity, table }: TransformOf<'lookup'>,
  input: CompileInput,
): { readonly table: Table; readonly key: readonly string[] } {
  if (entity !== undefined) {
    const parent = input.parentOf(entity);
    return { table: parent.table, key: parent.entity.key.columns };
  }
  const found = input.tableOf({ schema: table?.schema ?? '', name: table?.table ?? '' });
  return { table: found, key: found.primaryKey?.columns ?? [] };
}

function matchOf(
  { match }: TransformOf<'lookup'>,
  column: PlanColumn,
  key: readonly string[],
  { entity }: CompileInput,
): ReferenceMatch {
  if (match !== undefined) return match;
  if (column.from === undefined || key.length !== 1)
    throw unsupported(entity, column, 'what it looks up is not known by one column');
  return { columns: [column.from], parentColumns: [key[0]!] };
}
