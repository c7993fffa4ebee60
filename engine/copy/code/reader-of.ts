import { copyOut } from '../../db/copy-out.ts';
import type { CompiledEntity } from '../../mapping/compiled-entity.ts';
import type { ReadRows } from '../entity-load.ts';
import { answeredRows } from './answered-rows.ts';
import type { CodeDesk } from './code-desk.ts';
import { sandboxMissing } from './code-errors.ts';

/** How rows of an entity are read. Entities without code are read as if there were none anywhere. */
export function readerOf(compiled: CompiledEntity, desk: CodeDesk | null): ReadRows {
  if (compiled.code.length === 0) return copyOut;
  return (source, sql) => {
    if (desk === null) throw sandboxMissing([compiled.plan.name]);
    return answeredRows(copyOut(source, sql), compiled, desk.runnersOf(compiled));
  };
}
