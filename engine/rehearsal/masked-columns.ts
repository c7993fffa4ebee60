/** Which columns of either side hold personal values, as far as the plan and names say; code is taken to pass them on. */
import type { CompiledCode, CompiledEntity } from '../mapping/compiled-entity.ts';
import type { PlanColumn, PlanEntity } from '../plan/plan-file.ts';
import { shownBesides } from '../plan/shown-besides.ts';
import type { ColumnType } from '../schema/catalog.ts';
import { personalDataOf } from '../schema/personal-data.ts';

/** For asking what a name says whatever the column's type. */
const TEXT: ColumnType = {
  ...{ sql: 'text', name: 'text', schema: 'pg_catalog', oid: 25, kind: 'base' as const },
  ...{ of: null, length: null, scale: null, collation: null },
};

type Unit = Pick<CompiledCode, 'unit'>;

/** A whole metadata object counts as one. */
export function maskedColumns({
  plan: entity,
  code,
}: Pick<CompiledEntity, 'plan'> & { readonly code: readonly Unit[] }): {
  source: ReadonlySet<string>;
  target: ReadonlySet<string>;
} {
  const personal = entity.columns.filter(isPersonal);
  const hidden = code.flatMap((one) => hiddenReads(entity, one));
  const made = code.flatMap((one) => (hiddenReads(entity, one).length > 0 ? one.unit.writes : []));
  const leftOut = entity.leftOut.map(({ column }) => column);
  const source = new Set([...personal.flatMap((column) => column.from ?? []), ...leftOut, ...hidden]);
  const shown = entity.columns.filter((column) => showsPersonal(column, source)).map(({ to }) => to);
  return {
    source,
    target: new Set([...personal.map((column) => column.to), 'metadata', ...made, ...shown]),
  };
}

/** Put together from, or looked up by, what is personal. */
function showsPersonal(column: PlanColumn, source: ReadonlySet<string>): boolean {
  return shownBesides(column).some((name) => source.has(name) || personalByName(name));
}

/**
 * Of a text that only code reads nobody has said that it is not personal; and what code makes of a personal value may
 * well be one.
 */
function hiddenReads({ columns }: PlanEntity, { unit }: Unit): string[] {
  return unit.reads.filter((name, i) => {
    const moved = columns.filter(({ from, to }) => from === name && !unit.writes.includes(to));
    if (moved.some(isPersonal) || personalByName(name)) return true;
    const form = unit.readAs?.[i] ?? 'string';
    return moved.length === 0 && (form === 'string' || form === 'json');
  });
}

/** An old name may be spelled so that nobody recognises it; the new one may not. A document may hold anything. */
function isPersonal({ personal, to, type }: PlanColumn): boolean {
  if (personal !== undefined || /^jsonb?\b/.test(type)) return true;
  return /^(text|char|citext)/.test(type) && personalByName(to);
}

export function personalByName(name: string): boolean {
  return personalDataOf(name, TEXT, {}) !== null;
}
