/**
 * Primary keys, unique constraints, indexes and foreign keys of one table, added when its rows are in.
 * Named as Django names them: `<table>_<column>_<8 hex digits>`, with `_uniq`, `_like` or `_fk_…` behind.
 */
import { createHash } from 'node:crypto';
import { quoteIdentifier as q, quoteLiteral } from '../engine/db/quote.ts';
import { foreignKeys, otherIndexes, primaryKeyOf, type SampleForeignKey, uniques } from './keys.ts';

const longestName = 63;

/** Django's rule: when the name is too long, table and columns are cut, the digest and the ending are kept. */
function djangoName(table: string, columns: readonly string[], ending = ''): string {
  const digest = createHash('sha256')
    .update([table, ...columns].join('\0'))
    .digest('hex')
    .slice(0, 8);
  const tail = `_${digest}${ending}`;
  const names = `${table}_${columns.join('_')}`;
  const room = longestName - tail.length;
  if (names.length <= room) return names + tail;
  const half = Math.floor((room - 1) / 2);
  return `${table.slice(0, half)}_${columns.join('_').slice(0, room - half - 1)}${tail}`;
}

const list = (columns: readonly string[]) => columns.map(q).join(', ');

/** Primary key, unique constraints and indexes of one table. */
export function keysOf(table: string): string {
  const primary = primaryKeyOf(table);
  const ownUniques = uniques.filter((unique) => unique.table === table);
  const oneToOne = new Set(ownUniques.filter((u) => u.columns.length === 1).map((u) => u.columns[0]!));
  const statements = ownUniques.map(({ columns }) => {
    const name = columns.length === 1 ? `${table}_${columns[0]}_key` : djangoName(table, columns, '_uniq');
    return `alter table ${q(table)} add constraint ${q(name)} unique (${list(columns)})`;
  });
  if (primary.length > 0) {
    statements.unshift(
      `alter table ${q(table)} add constraint ${q(`${table}_pkey`)} primary key (${list(primary)})`,
    );
  }
  const indexed = [
    ...foreignKeys
      .filter((key) => key.table === table && !oneToOne.has(key.column))
      .map((key) => [key.column]),
    ...otherIndexes.filter((index) => index.table === table).map((index) => index.columns),
  ];
  for (const columns of indexed) {
    statements.push(`create index ${q(djangoName(table, columns))} on ${q(table)} (${list(columns)})`);
  }
  if (table === 'auth_user') {
    statements.push(
      `create index ${q(djangoName(table, ['username'], '_like'))} on ${q(table)} (username varchar_pattern_ops)`,
    );
  }
  return statements.map((statement) => `${statement};\n`).join('');
}

/** Foreign keys of one table; those that nobody declared are left out. Run when every table has its keys. */
export function foreignKeysOf(table: string): string {
  return foreignKeys
    .filter((key) => key.table === table && key.state !== 'undeclared')
    .map((key) => `${foreignKey(key)};\n`)
    .join('');
}

function foreignKey({ table, column, references, state }: SampleForeignKey): string {
  const room = longestName - `_fk_${references}_id`.length;
  const ending = room > 20 ? `_fk_${references}_id` : `_fk_${references.slice(0, 20)}`;
  return `alter table ${q(table)} add constraint ${q(djangoName(table, [column], ending))}
    foreign key (${q(column)}) references ${q(references)} (id) deferrable initially deferred${state === 'not-valid' ? ' not valid' : ''}`;
}

/** Moves the sequence behind `id` past the rows, for serial and identity columns alike. */
export function advanceSequence(table: string): string {
  if (primaryKeyOf(table)[0] !== 'id') return '';
  return `select setval(pg_get_serial_sequence(${quoteLiteral(`public.${table}`)}, 'id'), (select max(id) from ${q(table)}));\n`;
}
