/** A target column's type as the plan writes it, taken apart. */
export interface SqlType {
  /** PostgreSQL's internal name (pg_type.typname): `int4`, `varchar`, `timestamptz`, `_text` for text[]. */
  readonly name: string;
  /** varchar(n), char(n), or numeric precision. */
  readonly length: number | null;
  /** numeric scale, or fractional digits of a time type. */
  readonly scale: number | null;
  /** As the plan writes it. */
  readonly sql: string;
}

const NAMES: Readonly<Record<string, string>> = {
  smallint: 'int2',
  int2: 'int2',
  integer: 'int4',
  int: 'int4',
  int4: 'int4',
  bigint: 'int8',
  int8: 'int8',
  'character varying': 'varchar',
  varchar: 'varchar',
  character: 'bpchar',
  char: 'bpchar',
  bpchar: 'bpchar',
  '"char"': 'char',
  text: 'text',
  boolean: 'bool',
  bool: 'bool',
  numeric: 'numeric',
  decimal: 'numeric',
  real: 'float4',
  float4: 'float4',
  'double precision': 'float8',
  float8: 'float8',
  'timestamp without time zone': 'timestamp',
  timestamp: 'timestamp',
  'timestamp with time zone': 'timestamptz',
  timestamptz: 'timestamptz',
  'time without time zone': 'time',
  time: 'time',
  'time with time zone': 'timetz',
  timetz: 'timetz',
  'bit varying': 'varbit',
};

/** Reads `numeric(12,2)`, `character varying(80)`, `timestamp(3) with time zone`, `real[]`, `uuid`. */
export function parseSqlType(sql: string): SqlType {
  const trimmed = sql.trim();
  const array = /^(.*?)(?:\[\d*\])+$/.exec(trimmed);
  if (array) {
    const element = parseSqlType(array[1]!);
    return { ...element, name: `_${element.name}`, sql: trimmed };
  }
  const match = /^(.*?)\s*(?:\(\s*(-?\d+)\s*(?:,\s*(-?\d+)\s*)?\))?\s*((?:with|without) time zone)?$/.exec(
    trimmed,
  )!;
  const base = `${match[1]}${match[4] ? ` ${match[4]}` : ''}`;
  const name = NAMES[base.toLowerCase()] ?? base;
  const first = match[2] === undefined ? null : Number(match[2]);
  const second = match[3] === undefined ? null : Number(match[3]);
  if (/^time/.test(name)) return { name, length: null, scale: first, sql: trimmed };
  const scale = name === 'numeric' && first !== null ? (second ?? 0) : null;
  const length = name === 'bpchar' && first === null ? 1 : first;
  return { name, length, scale, sql: trimmed };
}
