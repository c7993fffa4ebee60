/**
 * What the engine needs of whoever runs the code of a plan. It knows no container: an entry point hands it an object of
 * this shape, or null where there is none. Only strings cross, whatever the type of a column.
 */

/** PostgreSQL text form of one value. */
export type Cell = string | null;

/** As what the code sees a source column: int2 to int4 and floats as numbers, int8 as bigint, json parsed. */
export type ReadAs = 'string' | 'number' | 'bigint' | 'boolean' | 'json';

/** How a value that the code returns becomes text; `json`: any value as JSON, so the string a becomes `"a"`. */
export type WriteAs = 'text' | 'boolean' | 'json';

export interface CodeUnit {
  /** TypeScript module: `export default function transform(row, context)`. */
  readonly source: string;
  /** Source columns in the order of a row's cells. */
  readonly reads: readonly string[];
  /** Target columns in the order of an outcome's cells; the code returns all of them and no others. */
  readonly writes: readonly string[];
  /** In the order of `reads`; without it every column is a `string`. */
  readonly readAs?: readonly ReadAs[];
  /** In the order of `writes`; without it every column is `text`. */
  readonly writeAs?: readonly WriteAs[];
  readonly context?: Readonly<Record<string, string | number | boolean | null>>;
}

export type RowOutcome =
  | { readonly ok: true; readonly cells: readonly Cell[] }
  /** The code refused the row. The message is its own and may quote the row; `line` counts from 1 in the source. */
  | { readonly ok: false; readonly message: string; readonly line: number | null };

export interface CodeRunner {
  /**
   * Rows in, outcomes out, same order. Two batches may be in flight. Throws a CodeFailure for a whole batch; the runner is
   * gone then, and the unit is to be opened again.
   */
  run(rows: readonly (readonly Cell[])[]): Promise<readonly RowOutcome[]>;
  close(): Promise<void>;
}

export interface TypeProblem {
  /** 1-based, in the code. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface CodeRunners {
  /** Throws a CodeFailure: no Docker, no image, code that cannot be loaded. */
  open(unit: CodeUnit): Promise<CodeRunner>;
  /** `contract`: ambient declarations; `Transform` among them is the type of the default export. */
  check(unit: CodeUnit, contract: string): Promise<readonly TypeProblem[]>;
  close(): Promise<void>;
}

/** What `open` and `run` throw: a kind for machines, sentences for people. */
export interface CodeFailure extends Error {
  /** `timeout`, `heap`, `oom`, `crash`, `protocol`, `code`, `docker-missing` …; the list is the sandbox's. */
  readonly kind: string;
  readonly hint: string;
  /** The row of the batch that it happened at, where that is known. */
  readonly rowIndex: number | null;
}

export function isCodeFailure(error: unknown): error is CodeFailure {
  if (!(error instanceof Error)) return false;
  const { kind, hint } = error as Partial<CodeFailure>;
  return typeof kind === 'string' && typeof hint === 'string';
}
