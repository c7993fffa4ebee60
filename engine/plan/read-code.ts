/**
 * Code that stands in files beside the plan becomes part of the plan when it is read: its hash then covers it, and what an
 * approval was given for is what runs, whatever happens to the file later. Who may read files hands in how.
 */
import type { PlanFinding, PlanPath } from './finding.ts';
import type { PlanEntity, PlanFile } from './plan-file.ts';
import { transformsOf } from './transforms.ts';

/** `file` is a path below the plan's folder. */
export type ReadCode = (
  file: string,
) =>
  | { readonly ok: true; readonly source: string }
  | { readonly ok: false; readonly message: string; readonly hint: string };

export type CodeMistake = Pick<PlanFinding, 'message' | 'hint'> & { readonly at: PlanPath };

const MOST_CHARACTERS = 100_000;

/** Fills in every `source` that stands in a file; mistakes where that cannot be done. The plan itself is left alone. */
export function withCodeRead(
  plan: PlanFile,
  read: ReadCode,
): { readonly plan: PlanFile; readonly mistakes: readonly CodeMistake[] } {
  const mistakes: CodeMistake[] = [];

  function filled<Text extends { file?: string | undefined; source?: string | undefined }>(
    text: Text,
    at: PlanPath,
  ): Text {
    const { file, source } = text;
    if (file === undefined) return text;
    const tell = (message: string, hint: string) =>
      void mistakes.push({ at: [...at, 'file'], message, hint });
    if (source !== undefined) {
      tell(`The code stands in ${file} and in the plan as well.`, 'Keep one of them.');
      return text;
    }
    const found = read(file);
    if (!found.ok) tell(found.message, found.hint);
    else if (found.source.length > MOST_CHARACTERS || found.source.trim() === '')
      tell(`${file} is empty or too long for code of a plan.`, 'Keep it to what one row needs.');
    else return { ...text, source: found.source };
    return text;
  }

  function entityRead(entity: PlanEntity, at: PlanPath): PlanEntity {
    const columns = entity.columns.map((column, i) => {
      if (!transformsOf(column).some((step) => step.kind === 'code' && step.file !== undefined))
        return column;
      const place = [...at, 'columns', i, 'transform'];
      const { transform } = column;
      return {
        ...column,
        transform: Array.isArray(transform)
          ? transform.map((step, k) => (step.kind === 'code' ? filled(step, [...place, k]) : step))
          : transform.kind === 'code'
            ? filled(transform, place)
            : transform,
      };
    });
    const code = entity.code?.map((block, i) => filled(block, [...at, 'code', i]));
    return { ...entity, columns, ...(code === undefined ? {} : { code }) };
  }

  const entities = plan.entities.map((entity, i) => entityRead(entity, ['entities', i]));
  return { plan: { ...plan, entities }, mistakes };
}
