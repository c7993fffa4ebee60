/**
 * How much of a row's values is told: all, personal ones masked, or their form only. Words that code throws are its own and may
 * quote the row, so whoever may not see all values is told words that stand in Towpath instead.
 */

import type { ShownValues } from '../../contract/code-trial.ts';
import type { ExplainedColumn, RowExplanation } from '../../contract/explain.ts';
import type { CompiledCode } from '../../mapping/compiled-entity.ts';
import type { PlanColumn, PlanEntity } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import { cut } from '../../rehearsal/before-after.ts';
import { refusalWords } from '../../rehearsal/code-trial/refusal-words.ts';
import { formOf } from '../../rehearsal/code-trial/shown-values.ts';
import { maskValue } from '../../rehearsal/mask.ts';
import { maskedColumns, personalByName } from '../../rehearsal/masked-columns.ts';

type Value = string | null;
type Row = NonNullable<RowExplanation['source']>;

export interface RowTeller {
  key(legacyId: string): string;
  source(row: Row): Row;
  column(column: ExplainedColumn): ExplainedColumn;
  reference(of: { readonly column: string; readonly legacyId: string }): string;
}

const CODE = 'code-rejected';
/** Numbers of records and permanent numbers say nothing of anybody. */
const PLAIN_KEY =
  /^(\d{1,19}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}-\d+|\[-?\d+(, -?\d+)*\])$/;

export function createRowTeller(
  entity: PlanEntity,
  code: readonly Pick<CompiledCode, 'unit'>[],
  values: ShownValues,
  said: string,
): RowTeller {
  const masks = maskedColumns({ plan: entity, code });
  const hiddenSource = (name: string) => masks.source.has(name) || personalByName(name);
  const links = linksOf(entity);

  function tell(value: Value, hidden: boolean, link: boolean): Value {
    if (value === null || values === 'shown') return value;
    if (link && PLAIN_KEY.test(value)) return value;
    if (values === 'masked') return hidden ? maskValue(value) : cut(value);
    return formOf(value);
  }

  const writes = code.flatMap(({ unit }) => unit.writes);

  function misfitOf({ misfit }: ExplainedColumn): ExplainedColumn['misfit'] {
    if (misfit === null || values === 'shown' || misfit.reason !== CODE) return misfit;
    return { reason: misfit.reason, message: refusalWords(misfit.message, writes).message };
  }

  /** A key of words may be somebody's name; what the person said themselves is no secret to them. */
  function key(legacyId: string): string {
    if (values === 'shown' || legacyId === said || PLAIN_KEY.test(legacyId)) return legacyId;
    return values === 'masked' ? maskValue(legacyId) : formOf(legacyId);
  }

  return {
    key,
    reference({ column, legacyId }) {
      const from = entity.columns.find(({ to }) => to === column)?.from;
      const hidden = masks.target.has(column) || (from !== undefined && hiddenSource(from));
      return values === 'masked' && !hidden ? cut(legacyId) : key(legacyId);
    },
    source: (row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          tell(value, hiddenSource(name), links.source.has(name)),
        ]),
      ),
    column(column) {
      const { from } = column;
      const hidden =
        masks.target.has(column.column) ||
        personalByName(column.column) ||
        (from !== null && hiddenSource(from));
      const link = links.target.has(column.column);
      const one = (value: Value) => tell(value, hidden, link);
      const misfit = misfitOf(column);
      const steps = column.steps.map((step) => ({
        ...step,
        before: one(step.before),
        after: one(step.after),
        misfit: step.misfit !== null && misfit?.reason === CODE ? misfit.message : step.misfit,
      }));
      return { ...column, steps, misfit, value: one(column.value), held: one(column.held) };
    },
  };
}

const LINKS = new Set(['uuid', 'reference', 'polymorphic']);

function linksOf({ key, columns }: PlanEntity) {
  const links = columns.filter((column: PlanColumn) => LINKS.has(transformsOf(column)[0]!.kind));
  const keys = key.kind === 'integer' || key.kind === 'uuid' ? key.columns : [];
  const named = columns.filter(
    ({ to, from }) => to === 'legacy_id' && (from === undefined || keys.includes(from)),
  );
  return {
    source: new Set([...keys, ...links.flatMap(({ from }) => from ?? [])]),
    target: new Set([...links, ...named].map(({ to }) => to)),
  };
}
