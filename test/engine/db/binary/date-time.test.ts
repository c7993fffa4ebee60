import { expect, test } from 'vitest';
import { parseDate, parseTimestamp } from '../../../../engine/db/binary/date-time.ts';
import { useTestDatabase } from '../../../helpers/test-database.ts';

const database = useTestDatabase();

test('dates are the days that PostgreSQL sends', async () => {
  const texts = [
    '2000-01-01',
    '1999-12-31',
    '0001-01-01',
    '0044-03-15 BC',
    '2024-02-29',
    '12026-11-21',
    'infinity',
    '-infinity',
    '1900-03-01',
  ];
  const rows = await database.query<{ sent: Buffer }>(
    'select date_send(x::date) as sent from unnest($1::text[]) with ordinality as t(x, i) order by i',
    [texts],
  );
  for (const [i, { sent }] of rows.entries())
    expect(parseDate(texts[i]!), texts[i]).toBe(sent.readInt32BE(0));
});

test('timestamps are the microseconds that PostgreSQL sends', async () => {
  const texts = [
    '2026-11-21 10:42:07.123456+00',
    '2026-11-21T10:42:07Z',
    '1970-01-01 00:00:00',
    '0001-01-01 23:59:59.5+05:30',
    '12026-01-01 00:00:00.000001-08',
    'infinity',
    '-infinity',
    '0044-03-15 12:00:00+00 BC',
    '2026-11-21',
    '1883-11-18 12:00:00-07:52:58',
  ];
  const rows = await database.query<{ sent: Buffer }>(
    "select timestamptz_send((x || case when x ~ '[0-9]$' and x !~ '[+-][0-9:]+$' or x ~ '^[0-9-]+$' then ' UTC' else '' end)::timestamptz) as sent from unnest($1::text[]) with ordinality as t(x, i) order by i",
    [texts],
  );
  for (const [i, { sent }] of rows.entries())
    expect(parseTimestamp(texts[i]!), texts[i]).toBe(sent.readBigInt64BE(0));
});

test('what is no day of the calendar is none here either', () => {
  for (const text of [
    '2023-02-29',
    '2023-13-01',
    '2023-00-10',
    '0000-01-01',
    'yesterday',
    '',
    '1900-02-29',
  ]) {
    expect(parseDate(text), text).toBeNull();
    expect(parseTimestamp(text), text).toBeNull();
  }
});
