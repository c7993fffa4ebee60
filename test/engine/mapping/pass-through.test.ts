/** Domains travel as the type under them, with its length: the server is asked what comes out. */
import { expect, test } from 'vitest';
import { passThroughSql } from '../../../engine/mapping/pass-through.ts';
import { parseSqlType } from '../../../engine/mapping/sql-type.ts';
import type { ColumnType } from '../../../engine/schema/catalog.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const database = useTestDatabase();

test.for([
  ['bit', 'bit(8)', 8, "B'10110011'"],
  ['bpchar', 'character(5)', 5, "'ab'"],
  ['varchar', 'character varying(20)', 20, "'longer than one'"],
  ['numeric', 'numeric(9,3)', 9, '12.345'],
] as const)('a domain over %s', async ([name, sql, length, value]) => {
  await database.query(
    `create domain d_${name} as ${sql}; create table t_${name} (v d_${name}); insert into t_${name} values (${value})`,
  );
  const source: ColumnType = {
    ...{ sql: `d_${name}`, name: `d_${name}`, schema: 'public', oid: 0, kind: 'domain', of: name },
    ...{ length, scale: name === 'numeric' ? 3 : null, collation: null },
    base: { schema: 'pg_catalog', name, kind: 'base', sql },
  };
  const read = passThroughSql('v', source, parseSqlType(sql), 'UTC');
  const [row] = await database.query<{ same: boolean }>(
    `select (${read})::text = v::text as same from t_${name} t`,
  );
  expect(row).toEqual({ same: true });
});
