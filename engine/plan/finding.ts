/** What is wrong or doubtful in a plan: a value, with the line to look at. */
export interface PlanFinding {
  /** 1-based line of the plan file, or null where the plan did not come from a file. */
  readonly line: number | null;
  /** By name, as people speak of it: `entities.orders.columns.status`. */
  readonly path: string;
  /** An error forbids approval and migration; a warning is told. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly hint: string;
  /** Of a mistake in a piece of code: where in it, both counted from 1. */
  readonly inCode?: { readonly line: number; readonly column: number };
}

export type PlanPath = readonly (string | number)[];

/** How a rule speaks: where by keys and positions, what, and what to do. */
export type Tell = (at: PlanPath, message: string, hint: string, severity?: PlanFinding['severity']) => void;

/** Line of a place in the file, given by keys and list positions. */
export type LocateLine = (path: PlanPath) => number | null;

/** `plan.yaml:123: entities.orders.columns.status: message Hint.` */
export function findingText(finding: PlanFinding, file: string): string {
  const place = finding.line === null ? file : `${file}:${finding.line}`;
  return `${place}: ${finding.path === '' ? '' : `${finding.path}: `}${finding.message} ${finding.hint}`.trim();
}
