/** The statement that reads an entity's rows back from the target. */
import { quoteIdentifier } from '../../db/quote.ts';
import type { CompiledEntity } from '../../mapping/compiled-entity.ts';
import { idColumn } from './row-id.ts';

/** More ranges than this are cheaper as one pass over the table. */
const MOST_RANGES = 64;

export function copyHeldRowsSql(
  compiled: CompiledEntity,
  relation: string,
  ranges?: readonly { readonly low: string; readonly high: string }[],
): string {
  const cast = compiled.wire === 'text' ? '::text' : '';
  const columns = compiled.columns.map((name) => `t.${quoteIdentifier(name)}${cast}`).join(', ');
  const id = `t.${quoteIdentifier(idColumn(compiled))}`;
  const within = ranges?.map(({ low, high }) => `${id} between '${low}' and '${high}'`);
  const where = within && within.length <= MOST_RANGES ? ` where ${within.join(' or ')}` : '';
  return `copy (select ${columns} from ${relation} t${where}) to stdout (format binary)`;
}
