/**
 * How values of ordinary queries reach JavaScript. int8, numeric, dates and times stay PostgreSQL text: a JS number or
 * Date would change them. Booleans, small integers, floats, json, bytea and arrays of names become their JS kind; a
 * number inside json that JavaScript would change (10.50, 2^53 + 1) becomes a text of the same digits.
 */
import pg from 'pg';

const JSON_TYPES: ReadonlySet<number> = new Set([114, 3802]);

/** bool, bytea, int2, int4, oid, float4, float8; arrays of int2, int4, text, varchar, bool. */
const PARSED: ReadonlySet<number> = new Set([16, 17, 21, 23, 26, 700, 701, 1005, 1007, 1009, 1015, 1000]);

/** `name[]` has the text form of `text[]`, for which pg brings a parser. */
const TEXT_ARRAY: number = 1009;
const NAME_ARRAY = 1003;

const asText = (value: string): string => value;

export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number) {
    if (JSON_TYPES.has(oid)) return parseJson;
    if (oid === NAME_ARRAY) return pg.types.getTypeParser(TEXT_ARRAY, 'text');
    return PARSED.has(oid) ? pg.types.getTypeParser(oid, 'text') : asText;
  },
};

type Reviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown;

const keepDigits: Reviver = (_key, value, context) =>
  typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
    ? context.source
    : value;

function parseJson(text: string): unknown {
  return JSON.parse(text, keepDigits as Parameters<typeof JSON.parse>[1]);
}
