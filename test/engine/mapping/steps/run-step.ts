/** One transform outside of a row, with what a row would give it. */
import type { Repair } from '../../../../engine/mapping/misfit.ts';
import { parseSqlType } from '../../../../engine/mapping/sql-type.ts';
import type { Step, StepContext } from '../../../../engine/mapping/steps/step.ts';
import { stepOf } from '../../../../engine/mapping/steps.ts';
import { IdMaker } from '../../../../engine/mapping/uuid-v5.ts';
import { transform } from '../../../../engine/plan/plan-file.ts';

export interface RunStep {
  (value: string | null): ReturnType<Step>;
  readonly repairs: Repair[];
}

/** `written` as a plan writes it; `fields` are the texts of other columns, by their SQL. */
export function stepFor(
  written: unknown,
  type = 'text',
  fields: Readonly<Record<string, string | null>> = {},
): RunStep {
  const names = Object.keys(fields);
  const texts = Object.values(fields).map((text) => (text === null ? null : Buffer.from(text)));
  const bytes = Buffer.concat(texts.map((text) => text ?? Buffer.alloc(0)));
  let at = 0;
  const offsets = texts.map((text) => {
    const start = at;
    at += text?.length ?? 0;
    return start;
  });
  const row = {
    ...{ bytes, start: 0, end: bytes.length },
    offsets: Int32Array.from(offsets),
    lengths: Int32Array.from(texts.map((text) => text?.length ?? -1)),
  };
  const context: StepContext = {
    column: 'c',
    source: 's',
    target: parseSqlType(type),
    duplicates: new Set(),
    secret: Buffer.alloc(16, 7),
    field: (sql) => names.indexOf(sql),
    lookupSql: () => 'found',
  };
  const step = stepOf(transform.parse(written), context)!;
  const repairs: Repair[] = [];
  const ids = new IdMaker(Buffer.alloc(16), 'e');
  ids.fromInteger(41);
  const run = (value: string | null) => step(value, { ids, repairs, settled: true }, row);
  return Object.assign(run, { repairs });
}
