/**
 * What the sandbox offers, as types. The sandbox knows nothing of migrations: it is handed a piece of TypeScript and
 * rows of text, and gives back rows of text. Only strings cross the border, in both directions.
 */

/** PostgreSQL's text form of one value; null is no value. */
export type Cell = string | null;

/**
 * As what the code sees a column that it reads. Null is always null.
 *
 * - `string`: the text as PostgreSQL writes it. For everything without a form of its own that keeps every digit:
 *   text, numeric, date, timestamp, uuid, interval, arrays …
 * - `number`: int2, int4, float4, float8 (NaN and Infinity included)
 * - `bigint`: int8
 * - `boolean`: bool
 * - `json`: json, jsonb; parsed. A text that is no JSON costs its row.
 */
export type ReadAs = 'string' | 'number' | 'bigint' | 'boolean' | 'json';

/**
 * How a value that the code returns becomes text.
 *
 * - `text`: strings as they are, numbers and bigints as decimals, booleans as `true` and `false`, dates in ISO 8601,
 *   arrays and plain objects as JSON. For every column that is none of the others.
 * - `boolean`: true and false as `t` and `f`; strings as they are
 * - `json`: any value as JSON, so the string a becomes `"a"`; null stays null
 */
export type WriteAs = 'text' | 'boolean' | 'json';

export interface CodeUnit {
  /** A TypeScript module: `export default function transform(row, context)`. It imports nothing. */
  readonly source: string;
  /** Names of the columns in the order of a row's cells; the names of `row`'s properties. */
  readonly reads: readonly string[];
  /** Names of the properties that the code must return, all of them and no others, in the order of an outcome's cells. */
  readonly writes: readonly string[];
  /** In the order of `reads`; without it every column is a `string`. */
  readonly readAs?: readonly ReadAs[];
  /** In the order of `writes`; without it every column is `text`. */
  readonly writeAs?: readonly WriteAs[];
  /** The second argument of the code, frozen. Without it an empty object. */
  readonly context?: Readonly<Record<string, string | number | boolean | null>>;
}

export type RowOutcome =
  | { readonly ok: true; readonly cells: readonly Cell[] }
  /** `message` is the code's own and may quote the row; `line` counts from 1 in `CodeUnit.source`. */
  | { readonly ok: false; readonly message: string; readonly line: number | null };

export interface CodeRunner {
  /**
   * Rows in, outcomes out, in the same order; a row the code rejects is an outcome of that row. Two batches may be in
   * flight, more wait. Throws a SandboxError where a whole batch fails. After one of these other than `input-limit` the
   * runner is gone: `open` the unit again (cheap, a container is kept ahead) and repeat the batches without an answer.
   */
  run(rows: readonly (readonly Cell[])[]): Promise<readonly RowOutcome[]>;
  close(): Promise<void>;
}

export interface TypeProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface CodeRunners {
  /** Throws a SandboxError: Docker or image missing, or the code cannot be loaded (kind `code`, with its line). */
  open(unit: CodeUnit): Promise<CodeRunner>;
  /**
   * Type-checks without running and without Docker. `contract` is ambient TypeScript that must declare a type
   * `Transform`, that of the default export, and whatever it names (`Row`, `Result`, `Context` …).
   */
  check(unit: CodeUnit, contract: string): Promise<readonly TypeProblem[]>;
  close(): Promise<void>;
}
