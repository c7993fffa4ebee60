/** What a step is: text or null in, text, null or a misfit out. It never throws, whatever the text. */
import type { RowView } from '../../db/binary/row-reader.ts';
import type { Transform } from '../../plan/plan-file.ts';
import type { FieldRequest, RowState } from '../lane.ts';
import type { Misfit } from '../misfit.ts';
import type { SqlType } from '../sql-type.ts';

export type Step = (value: string | null, state: RowState, row: RowView) => string | null | Misfit;

/** Told what each step made of a value: the target column, which of its transforms, and the value before and after. */
export type StepWatch = (seen: {
  readonly column: string;
  readonly transform: number;
  readonly before: string | null;
  readonly after: string | null | Misfit;
}) => void;

export type TransformOf<Kind extends Transform['kind']> = Extract<Transform, { kind: Kind }>;

export interface StepContext {
  readonly column: string;
  readonly source: string;
  readonly target: SqlType;
  /** Keys of rows whose value was used by an earlier row already (for `unique` e-mail columns). */
  readonly duplicates: ReadonlySet<string>;
  /** The migration's secret, 16 bytes, for values that shall not be guessed. */
  readonly secret: Uint8Array;
  /** Asks for another field of the row. */
  readonly field: FieldRequest;
  /** SQL of a value that is looked up in another table; see lookup.ts. */
  readonly lookupSql: (spec: TransformOf<'lookup'>) => string;
}

/** A step that leaves null as it is. */
export function onText(work: (value: string) => string | null | Misfit): Step {
  return (value) => (value === null ? null : work(value));
}
