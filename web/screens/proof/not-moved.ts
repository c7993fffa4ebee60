/** Rows that are not in the new system, one line for each reason, with who decided it. */
import type { Proof } from '../../../server/shapes/proof.ts';

export interface NotMoved {
  readonly key: string;
  readonly rows: number;
  readonly title: string;
  readonly why:
    | { readonly kind: 'cause'; readonly explanation: string }
    | { readonly kind: 'left-out' | 'same' | 'missing' };
  /** A person who accepted it; null: a rule of the plan, or nobody. */
  readonly by: string | null;
}

type Known = Pick<Proof, 'setAside' | 'tables' | 'approvals'>;

export function notMoved({ setAside, tables, approvals }: Known): NotMoved[] {
  const accepted = new Map(approvals.map(({ action, approver }) => [action, approver]));
  const causes = setAside.map(
    (cause, index): NotMoved => ({
      key: `cause ${index}`,
      rows: cause.rows,
      title: cause.title,
      why: { kind: 'cause', explanation: cause.explanation },
      by: accepted.get(`accept-set-aside:${cause.entity}`) ?? null,
    }),
  );
  const others = (['left-out', 'same', 'missing'] as const).flatMap((kind) =>
    tables
      .map((table): NotMoved => {
        const rows = { 'left-out': table.leftOut, same: table.duplicates, missing: table.missing }[kind];
        return { key: `${kind} ${table.name}`, rows, title: table.title, why: { kind }, by: null };
      })
      .filter(({ rows }) => rows > 0),
  );
  return [...causes, ...others];
}

/** All of them, also such as no cause is listed for. */
export function rowsNotMoved({ totals }: Pick<Proof, 'totals'>): number {
  return totals.setAside + totals.leftOut + totals.duplicates + totals.missing;
}
