/** Rows as the plan makes them, as texts, for those who look at them rather than write them. */
import type { Session } from '../../db/database.ts';
import type { FittingRows } from './find-fitting.ts';
import { mapKeys } from './map-keys.ts';
import { fieldsOf } from './same-rows.ts';

export interface MappedRow {
  readonly key: string;
  /** Column of the target → its value as text; nothing of a row that is the same record as another. */
  readonly values: ReadonlyMap<string, string | null>;
  /** True for a row that the target held before, or that leads to another: it is not put in. */
  readonly kept: boolean;
}

/** Of an entity that was compiled for text. */
export async function readMappedRows(
  { load, fits }: Pick<FittingRows, 'load' | 'fits'>,
  source: Session,
): Promise<MappedRow[]> {
  const rows: MappedRow[] = [];
  const { columns } = load.compiled;
  await mapKeys(load, [...fits], source, {
    onRow(mapper, out, start) {
      const key = mapper.ids.keyText();
      if (mapper.isDuplicate()) {
        rows.push({ key, values: new Map(), kept: true });
        return;
      }
      const fields = fieldsOf(out, start);
      const values = new Map(columns.map((name, i) => [name, fields[i] ?? null]));
      rows.push({ key, values, kept: mapper.ids.isKept() });
    },
  });
  return rows;
}
