/** Pairs of types that lose something: told before a row moves. The server is asked whether it would really lose it. */
import { expect, test } from 'vitest';
import { lossOf } from '../../../engine/plan/lossy-types.ts';
import type { ColumnType } from '../../../engine/schema/catalog.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const database = useTestDatabase();

const type = (sql: string, name: string): ColumnType => ({
  ...{ sql, name, schema: 'pg_catalog', oid: 0, kind: 'base', of: null },
  ...{ length: null, scale: null, collation: null },
});

const MOMENT = "'2026-01-02 03:04:05.678912'";
const SPAN = "'1 year 2 mons 3 days 04:05:06.789123'";

test.for([
  ['timestamp with time zone', 'timestamptz', 'timestamp(3) with time zone', MOMENT, true],
  ['timestamp with time zone', 'timestamptz', 'timestamptz(0)', MOMENT, true],
  ['timestamp(3) with time zone', 'timestamptz', 'timestamp(3) with time zone', MOMENT, false],
  ['timestamp with time zone', 'timestamptz', 'timestamptz', MOMENT, false],
  ['time without time zone', 'time', 'time(0) without time zone', "'03:04:05.678912'", true],
  ['interval', 'interval', 'interval year to month', SPAN, true],
  ['interval', 'interval', 'interval(2)', SPAN, true],
  ['interval(2)', 'interval', 'interval', SPAN, false],
] as const)('%s into %s', async ([sql, name, target, value, loses]) => {
  const [row] = await database.query<{ same: boolean }>(
    `select (${value}::${sql})::${target} = ${value}::${sql} as same`,
  );
  expect(row!.same).toBe(!loses);
  expect(lossOf(type(sql, name), target, ['copy'])?.severity ?? null).toBe(loses ? 'error' : null);
});
