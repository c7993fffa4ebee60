/**
 * The generator's own functions, in schema `sample`, dropped when the sample is finished.
 *
 * All chance comes from `sample.roll(id, name, n)`: a hash of the row, the name of the decision and the seed. There is
 * no random(), so the same seed gives the same rows. Everything here is plain SQL that PostgreSQL inlines
 * (immutable, not strict, cheap arguments), which is what keeps scale 1 within a minute.
 */
import { quoteIdentifier, quoteLiteral } from '../engine/db/quote.ts';
import type { DefectLayout, TableLayout } from './defect-layout.ts';
import { firstNames, lastNames, phrases, words } from './vocabulary.ts';

const textArray = (texts: readonly string[]) => `array[${texts.map(quoteLiteral).join(', ')}]::text[]`;

const sqlFunction = (signature: string, result: string, body: string) =>
  `create function sample.${signature} returns ${result} language sql immutable parallel safe as ${quoteLiteral(`select ${body}`)};\n`;

/** Functions that need no table. `seed` is an integer. */
export function drawingFunctions(seed: number): string {
  return [
    sqlFunction(
      'roll(id bigint, name text, n bigint)',
      'bigint',
      `(hashint8extended($1, hashtextextended($2, ${seed})) & 9223372036854775807) % $3`,
    ),
    sqlFunction('chance(id bigint, name text, permille bigint)', 'boolean', 'sample.roll($1, $2, 1000) < $3'),
    sqlFunction(
      'pick(id bigint, name text, texts text[])',
      'text',
      '$3[(1 + sample.roll($1, $2, cardinality($3)))::integer]',
    ),
    sqlFunction(
      'hex(id bigint, name text)',
      'text',
      `lpad(to_hex(hashint8extended($1, hashtextextended($2, ${seed}))), 16, '0')`,
    ),
    sqlFunction(
      'money(id bigint, name text, cents bigint)',
      'numeric(12,2)',
      '(sample.roll($1, $2, $3) / 100.0)::numeric(12,2)',
    ),
    sqlFunction(
      'later(start timestamp, id bigint, name text, hours bigint)',
      'timestamp',
      `$1 + interval '1 microsecond' * (1 + sample.roll($2, $3, $4 * 3600000000))`,
    ),
    sqlFunction(
      'first_name(id bigint, name text)',
      'text',
      `sample.pick($1, $2 || '/first', ${textArray(firstNames)})`,
    ),
    sqlFunction(
      'last_name(id bigint, name text)',
      'text',
      `sample.pick($1, $2 || '/last', ${textArray(lastNames)})`,
    ),
    sqlFunction('word(id bigint, name text)', 'text', `sample.pick($1, $2 || '/word', ${textArray(words)})`),
    // By the rules of "C": a Turkish server would otherwise write other letters.
    sqlFunction('capital_word(id bigint, name text)', 'text', `initcap(sample.word($1, $2) collate "C")`),
    sqlFunction('phrase(id bigint, name text)', 'text', `sample.pick($1, $2, ${textArray(phrases)})`),
    sqlFunction(
      'prose(id bigint, name text)',
      'text',
      `sample.phrase($1, $2 || '/1') || ' ' || sample.phrase($1, $2 || '/2')
         || case when sample.chance($1, $2 || '/long', 400) then ' ' || sample.phrase($1, $2 || '/3') else '' end`,
    ),
    sqlFunction(
      'currency(id bigint, name text)',
      'text',
      `(array['USD', 'USD', 'USD', 'USD', 'USD', 'EUR', 'EUR', 'CAD', 'GBP'])[(1 + sample.roll($1, $2, 9))::integer]`,
    ),
  ].join('');
}

/** First timestamp of the sample and its length in microseconds: 2012-01-01 to 2024-06-28. */
const epoch = "timestamp '2012-01-01 00:00:00'";
const span = 4562 * 86_400_000_000;

/**
 * For each table, named without its prefix (`dispatch_order` → `order`):
 * `size_order()` its rows · `sound_order()` those that will not be quarantined · `nth_order(k)` the k-th of these, wrapping around ·
 * `any_order(id, decision)` one of those by chance · `is_bad_order(id)` · `time_of_order(id)` strictly rising.
 */
export function tableFunctions(layout: DefectLayout): string {
  return [...layout]
    .map(([table, entry]) => functionsOfTable(table.replace(/^(dispatch|auth)_/, ''), entry))
    .join('');
}

function functionsOfTable(name: string, { rows, stride, hasBadRows }: TableLayout): string {
  const step = Math.floor(span / rows);
  const sound = hasBadRows ? rows - Math.floor(rows / stride) : rows;
  const place = `($1 - 1) % ${sound}`;
  const nth = hasBadRows ? `${place} + 1 + (${place}) / ${stride - 1}` : `${place} + 1`;
  const fn = (prefix: string) => quoteIdentifier(`${prefix}_${name}`);
  return [
    sqlFunction(`${fn('size')}()`, 'integer', `${rows}`),
    sqlFunction(`${fn('sound')}()`, 'integer', `${sound}`),
    sqlFunction(`${fn('nth')}(k bigint)`, 'integer', `(${nth})::integer`),
    sqlFunction(
      `${fn('any')}(id bigint, name text)`,
      'integer',
      `sample.${fn('nth')}(1 + sample.roll($1, $2, ${sound}))`,
    ),
    sqlFunction(`${fn('is_bad')}(id bigint)`, 'boolean', hasBadRows ? `$1 % ${stride} = 0` : 'false'),
    sqlFunction(
      `${fn('time_of')}(id bigint)`,
      'timestamp',
      `${epoch} + interval '1 microsecond' * (($1 - 1) * ${step} + sample.roll($1, ${quoteLiteral(`${name}/time`)}, ${step}))`,
    ),
  ].join('');
}

export const dropScratchFunctions = /* sql */ `
do $$
declare scratch regprocedure;
begin
  for scratch in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'sample'::regnamespace loop
    execute format('drop function %s', scratch);
  end loop;
end $$;`;
