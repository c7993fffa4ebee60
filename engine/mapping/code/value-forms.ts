/** In which form code sees a source column's value and gives a target column's: what JavaScript holds without losing a digit. */
import type { ReadAs, WriteAs } from '../../contract/code.ts';
import type { ColumnType } from '../../schema/catalog.ts';
import type { SqlType } from '../sql-type.ts';

const READ: Readonly<Record<string, ReadAs>> = {
  int2: 'number',
  int4: 'number',
  float4: 'number',
  float8: 'number',
  int8: 'bigint',
  bool: 'boolean',
  json: 'json',
  jsonb: 'json',
};

/** numeric, dates and times stay text. */
export function readAs(type: ColumnType): ReadAs {
  return READ[baseName(type)] ?? 'string';
}

export function writeAs(type: SqlType): WriteAs {
  if (type.name === 'bool') return 'boolean';
  return type.name === 'json' || type.name === 'jsonb' ? 'json' : 'text';
}

/** A domain counts as the type below it. */
export function baseName(type: ColumnType): string {
  return type.kind === 'domain' ? (type.of ?? type.name) : type.name;
}
