/**
 * The plan file, read and checked against the kept catalog. Both take seconds for a plan of a thousand tables, and whoever
 * watches a run asks several times a second: so it is done once for each text and each catalog.
 */
import { checkPlan } from '../plan/check-plan.ts';
import type { PlanFinding } from '../plan/finding.ts';
import { readPlan } from '../plan/plan-document.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { planHash } from '../plan/plan-hash.ts';
import type { Catalog } from '../schema/catalog.ts';

export type PlanOnFile =
  | {
      readonly ok: true;
      readonly plan: PlanFile;
      readonly hash: string;
      /** Of errors and warnings; none where there is no catalog to compare it with. */
      readonly findings: readonly PlanFinding[];
    }
  | { readonly ok: false; readonly findings: readonly PlanFinding[] };

interface Files {
  readonly text: string;
  readonly catalog: Catalog | null;
}

/** Returns the function that reads a plan's text, unless it was the one it was asked for last. */
export function rememberPlan(): (files: Files) => PlanOnFile {
  let known: { readonly files: Files; readonly plan: PlanOnFile } | null = null;
  return (files) => {
    if (known !== null && known.files.text === files.text && known.files.catalog === files.catalog)
      return known.plan;
    known = { files, plan: readAndCheck(files) };
    return known.plan;
  };
}

function readAndCheck({ text, catalog }: Files): PlanOnFile {
  const read = readPlan(text);
  if (!read.ok) return read;
  const findings = catalog === null ? [] : checkPlan(read.plan, catalog, { locate: read.locate });
  return { ok: true, plan: read.plan, hash: planHash(read.plan), findings };
}
