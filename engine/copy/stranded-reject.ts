/** How a row leaves that is the same record as one which was set aside. */
import type { CompiledEntity } from '../mapping/compiled-entity.ts';
import { Misfit } from '../mapping/misfit.ts';
import { dedupeRuleOf } from '../plan/dedupe-rule.ts';
import type { Reject } from './map-stream.ts';

export function strandedReject({ plan }: CompiledEntity, key: string): Reject {
  const misfit = new Misfit('kept-row-set-aside', 'is the same record as a row that was set aside');
  misfit.column = dedupeRuleOf(plan)?.by.join(', ') ?? '';
  return { key, misfit, sqlstate: null };
}
