/** Of rows that changed in the source: whether the target, called verified, holds them as the source has them now. */
import { quoteIdentifier } from '../../engine/db/quote.ts';
import type { PlanEntity, PlanFile } from '../../engine/plan/plan-file.ts';
import { transformsOf } from '../../engine/plan/transforms.ts';
import type { ChangedRow } from './faults/source-changes.ts';
import type { Place } from './lane.ts';
import { tableOf } from './table-of.ts';

export async function differencesOf(
  place: Place,
  plan: PlanFile,
  changed: readonly ChangedRow[],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { entity: name, key } of changed) {
    const entity = plan.entities.find((one) => one.name === name)!;
    const { from, to } = plainText(entity);
    const { schema, table } = entity.source;
    const [old] = await place.query<{ value: string | null }>(
      'source',
      `select ${quoteIdentifier(from)} as value from ${quoteIdentifier(schema)}.${quoteIdentifier(table)} where ${quoteIdentifier(entity.key.columns[0]!)}::text = $1`,
      [key],
    );
    const [now] = await place.query<{ value: string | null }>(
      'target',
      `select ${quoteIdentifier(to)} as value from ${tableOf(entity)} where legacy_id::text = $1`,
      [key],
    );
    const [aside] = await place.query(
      'target',
      `select from towpath.quarantined_rows where entity = $1 and legacy_id = $2 and state = 'held'`,
      [name, key],
    );
    const same = (old?.value ?? null)?.trim() === (now?.value ?? null)?.trim();
    if (aside === undefined && ((old === undefined) !== (now === undefined) || !same))
      wrong.push(`verified, but ${name} ${key} differs`);
  }
  return wrong;
}

/** A text that is copied as it is. */
export function plainText(entity: PlanEntity): { readonly from: string; readonly to: string } {
  const column = entity.columns.find(
    (candidate) =>
      candidate.from !== undefined &&
      candidate.type === 'text' &&
      transformsOf(candidate).every(({ kind }) => kind === 'copy' || kind === 'trim'),
  );
  if (column?.from === undefined) throw new Error(`${entity.name} has no plain text`);
  return { from: column.from, to: column.to };
}
