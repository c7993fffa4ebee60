/**
 * What one piece of code gets and must give, as TypeScript: the compiler then says before the first row what would be wrong
 * with it. `Row` follows the old columns' types in the forms of value-forms.ts, `Result` the new ones'.
 *
 * A type here promises no more than is true: text stays `string` where PostgreSQL allows any text, and what only a value
 * can show (a length, a scale, a date of no calendar) is found row by row (answer-encoder.ts).
 */
import type { PlannedCode } from '../../plan/code-units.ts';
import type { PlanColumn, PlanEntity } from '../../plan/plan-file.ts';
import type { Catalog, Column, Table } from '../../schema/catalog.ts';
import { parseSqlType } from '../sql-type.ts';
import { allowedWords } from './allowed-words.ts';
import { baseName, readAs } from './value-forms.ts';

export interface ContractInput {
  readonly entity: PlanEntity;
  readonly table: Table;
  readonly enums: Catalog['enums'];
  readonly code: Pick<PlannedCode, 'reads' | 'writes'>;
}

/** Ambient declarations: `Row`, `Result`, `Context`, and `Transform`, the type of the default export. */
export function typeContract({ entity, table, enums, code }: ContractInput): string {
  const reads = code.reads.map((name) => {
    const column = table.columns.find((candidate) => candidate.name === name)!;
    return field(`readonly ${key(name)}`, readType(column, enums), column.nullable, column.type.sql);
  });
  const writes = code.writes.map((name) => {
    const column = entity.columns.find(({ to }) => to === name)!;
    const open = column.nullable || column.default !== undefined;
    return field(key(name), writeType(entity, column), open, column.type);
  });
  return `${JSON_TYPE}
/** A row of ${comment(`${table.schema}.${table.name}`)} as the code sees it. */
interface Row {
${reads.join('\n')}
}

/** What the code gives for it: all of these and nothing else. */
interface Result {
${writes.join('\n')}
}

interface Context {
  readonly entity: ${JSON.stringify(entity.name)};
}

type Transform = (row: Row, context: Context) => Result;
`;
}

const JSON_TYPE = `type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
`;

const READ_TYPES = { string: 'string', number: 'number', bigint: 'bigint', boolean: 'boolean', json: 'Json' };

function readType({ type }: Column, enums: Catalog['enums']): string {
  const form = readAs(type);
  if (form !== 'string' || type.kind !== 'enum') return READ_TYPES[form];
  const labels = enums.find(({ schema, name }) => schema === type.schema && name === baseName(type))?.labels;
  return labels && labels.length > 0 ? union(labels) : 'string';
}

function writeType(entity: PlanEntity, column: PlanColumn): string {
  const type = parseSqlType(column.type);
  switch (type.name) {
    case 'int2':
    case 'int4':
      return 'number';
    case 'int8':
      return 'bigint | number';
    case 'float4':
    case 'float8':
      return 'number';
    case 'numeric':
      return 'string | number | bigint';
    case 'bool':
      return 'boolean';
    case 'timestamp':
    case 'timestamptz':
      return 'string | Date';
    case 'json':
    case 'jsonb':
      return 'Json';
    default: {
      const words = allowedWords(entity, column.to);
      return words && words.length > 0 ? union(words) : 'string';
    }
  }
}

function field(name: string, type: string, nullable: boolean, sql: string): string {
  return `  /** ${comment(sql)} */\n  ${name}: ${type}${nullable ? ' | null' : ''};`;
}

function union(words: readonly string[]): string {
  return words.map((word) => JSON.stringify(word)).join(' | ');
}

/** Any column's name is a key in quotes; a plain one reads better without. */
function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** A name may hold what would end the comment. */
function comment(text: string): string {
  return text.replaceAll('*/', '* /').replace(/\p{Cc}/gu, ' ');
}
