/**
 * The plan file, read and checked against the kept catalog. Both take seconds for a plan of a thousand tables, and whoever
 * watches a run asks several times a second: so it is done once for each text and each catalog.
 */
import { isDeepStrictEqual } from 'node:util';
import { checkPlan } from '../plan/check-plan.ts';
import { createsTable } from '../plan/creates-table.ts';
import type { PlanFinding } from '../plan/finding.ts';
import { readPlan } from '../plan/plan-document.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { planHash } from '../plan/plan-hash.ts';
import type { ReadCode } from '../plan/read-code.ts';
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
  /** Of the target, where it held tables already. */
  readonly target?: Catalog | null;
}

interface Known {
  readonly files: Files;
  readonly plan: PlanOnFile;
  /** Of the code files that the plan names, as they were read. */
  readonly code: ReadonlyMap<string, CodeRead>;
}

type CodeRead = ReturnType<ReadCode>;

/** Returns the function that reads a plan's text, unless it and its code files are as they were when it was asked last. */
export function rememberPlan(readCode: ReadCode): (files: Files) => PlanOnFile {
  let known: Known | null = null;
  return (files) => {
    if (known !== null && isAsKnown(known, files, readCode)) return known.plan;
    const code = new Map<string, CodeRead>();
    const plan = readAndCheck(files, (file) => {
      const read = readCode(file);
      code.set(file, read);
      return read;
    });
    known = { files, plan, code };
    return plan;
  };
}

function isAsKnown({ files, code }: Known, { text, catalog, target }: Files, readCode: ReadCode): boolean {
  if (files.text !== text || files.catalog !== catalog || files.target !== target) return false;
  return [...code].every(([file, was]) => isDeepStrictEqual(readCode(file), was));
}

/** A plan's text that stands in no file yet is read the same way. */
export function readAndCheck({ text, catalog, target }: Files, readCode: ReadCode): PlanOnFile {
  const read = readPlan(text, readCode);
  if (!read.ok) return read;
  const findings =
    catalog === null
      ? []
      : checkPlan(read.plan, catalog, { locate: read.locate, target: targetFor(read.plan, target) });
  return { ok: true, plan: read.plan, hash: planHash(read.plan), findings };
}

/** A plan that makes all its tables does not care what else the target holds. */
export function targetFor(plan: PlanFile, target: Catalog | null | undefined): Catalog | undefined {
  return plan.entities.some((entity) => !createsTable(plan, entity)) ? (target ?? undefined) : undefined;
}
