/**
 * How values of ordinary queries reach JavaScript. int8, numeric, dates and times stay PostgreSQL text: a JS number or
 * Date would change them. Booleans, small integers, floats, json, bytea and arrays of names become their JS kind.
 */
import pg from 'pg';

/** bool, bytea, int2, int4, oid, json, float4, float8, jsonb; arrays of int2, int4, text, varchar, name, bool. */
const PARSED: ReadonlySet<number> = new Set([
  16, 17, 21, 23, 26, 114, 700, 701, 3802, 1005, 1007, 1009, 1015, 1003, 1000,
]);

const asText = (value: string): string => value;
/** `name[]` has the text form of `text[]`, for which pg brings a parser. */
const TEXT_ARRAY = 1009;
const NAME_ARRAY = 1003;

export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number) =>
    PARSED.has(oid) ? pg.types.getTypeParser(oid === NAME_ARRAY ? TEXT_ARRAY : oid, 'text') : asText,
};
