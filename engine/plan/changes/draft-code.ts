/** A plan as it would be with a draft of code: the very change that would be proposed, made in memory only. */
import { MigrationError } from '../../core/errors.ts';
import { parsePlan } from '../plan-document.ts';
import type { PlanFile } from '../plan-file.ts';
import type { ReadCode } from '../read-code.ts';
import { changePlan } from './change-plan.ts';
import { chooseColumn, chooseEntity } from './choose.ts';
import type { PlanChange } from './plan-change.ts';

export interface CodeDraft {
  readonly entity: string;
  readonly source: string;
  /** One column, which gets code of its own; or null and `writes`. */
  readonly column: string | null;
  /** Null: the column's own old one. */
  readonly reads: readonly string[] | null;
  /** Columns that the code writes together; a type makes a new one. */
  readonly writes: readonly { readonly column: string; readonly type: string | null }[] | null;
}

/** Which column to try it by is told with it. @throws as changePlan, and MigrationError CHANGE_REFUSED */
export function planWithDraft(
  text: string,
  draft: CodeDraft,
  readCode: ReadCode,
): { readonly plan: PlanFile; readonly column: string } {
  const changed = changePlan(text, changeOf(draft));
  const plan = parsePlan(changed.text, undefined, readCode);
  const said = draft.column ?? draft.writes![0]!.column;
  return { plan, column: chooseColumn(chooseEntity(plan, draft.entity), said).to };
}

const REASON = 'a draft that is tried';

function changeOf({ entity, source, column, reads, writes }: CodeDraft): PlanChange {
  if (column !== null && writes === null) {
    const step = { kind: 'code' as const, source, ...(reads === null ? {} : { reads: [...reads] }) };
    return { kind: 'set-column', entity, column, transform: [step], reason: REASON };
  }
  if (column === null && writes !== null && writes.length > 0 && reads !== null && reads.length > 0)
    return { kind: 'set-code', entity, source, reads: [...reads], writes: [...writes], reason: REASON };
  throw new MigrationError({
    code: 'CHANGE_REFUSED',
    message: 'What the code shall write is not clear.',
    hint: 'Name one column; or the old columns that it reads together with all new ones that it writes.',
  });
}
