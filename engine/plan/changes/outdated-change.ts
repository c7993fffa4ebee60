/**
 * Whether a choice of a question would change a column that is no longer as the question saw it: somebody has masked it,
 * left it out or given it another transform since. What a person decided about one column is not undone by an answer that
 * was meant for many.
 */
import { canonicalJson } from '../../schema/canonical-json.ts';
import type { PlanColumn, PlanEntity, PlanFile } from '../plan-file.ts';
import type { PlanQuestion } from '../questions.ts';
import type { ChangeWords } from './choose.ts';
import type { ChangeOf, PlanChange } from './plan-change.ts';

type OfColumn = ChangeOf<'put-column'> | ChangeOf<'put-source'>;

/** What to say in place of the change; null where it is to be made. */
export function outdated(plan: PlanFile, question: PlanQuestion, change: PlanChange): ChangeWords | null {
  if (change.kind !== 'put-column' && change.kind !== 'put-source') return null;
  const entity = plan.entities.find(({ name }) => name === change.entity);
  if (!entity) return null;
  const offered = question.choices
    .flatMap(({ changes }) => changes)
    .filter((other): other is OfColumn => other.kind === 'put-column' || other.kind === 'put-source')
    .filter((other) => other.entity === change.entity && isSameColumn(other, change));
  const current = currentColumn(entity, change);
  const asOffered = current
    ? offered.some((other) => other.kind === 'put-column' && isAs(current, other.column))
    : offered.some(({ kind }) => kind === 'put-source');
  // a column that no choice takes away and no choice found there is a new one
  const isNew =
    !current && !question.choices.some(({ id }) => id === question.applied && holds(question, id, change));
  if (asOffered || isNew) return null;
  const name = current?.to ?? (change.kind === 'put-column' ? change.column.to : change.source);
  const words = `${name} of ${entity.name} was changed since this was asked, and stays as it is.`;
  return { before: words, after: words };
}

function holds({ choices }: PlanQuestion, id: string, change: OfColumn): boolean {
  const chosen = choices.find((choice) => choice.id === id);
  return (chosen?.changes ?? []).some(
    (other) => other.kind === 'put-column' && other.entity === change.entity && isSameColumn(other, change),
  );
}

/** A question about several columns names each by what it is made from, since people may rename them. */
function isSameColumn(a: OfColumn, b: OfColumn): boolean {
  const [of, by] = [sourceOf(a), sourceOf(b)];
  if (of !== undefined && by !== undefined) return of === by;
  return a.kind === 'put-column' && b.kind === 'put-column' && a.column.to === b.column.to;
}

function sourceOf(change: OfColumn): string | undefined {
  return change.kind === 'put-column' ? change.column.from : change.source;
}

function currentColumn({ columns }: PlanEntity, change: OfColumn): PlanColumn | undefined {
  const from = sourceOf(change);
  const named = change.kind === 'put-column' ? columns.find(({ to }) => to === change.column.to) : undefined;
  return (
    named ?? columns.find((column) => from !== undefined && column.from === from && column.to !== 'legacy_id')
  );
}

function isAs(a: PlanColumn, b: PlanColumn): boolean {
  const content = ({ to: _to, reason: _reason, confidence: _confidence, ...rest }: PlanColumn) =>
    canonicalJson(JSON.parse(JSON.stringify(rest)));
  return content(a) === content(b);
}
