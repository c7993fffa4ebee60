/**
 * May a run go on under an edited plan? What stands in the target was made by the old one, so the new one may only change how
 * values are read: the same tables, keys, columns and types. And rows that were moved already must come out the same. Of a
 * change that only concerns values that did not fit that is certain; of any other it is looked at row by row
 * (same-rows.ts).
 */
import { MigrationError } from '../../core/errors.ts';
import { comparePlans } from '../../plan/compare-plans.ts';
import { createsTable } from '../../plan/creates-table.ts';
import type { PlanColumn, PlanEntity, PlanFile, Transform } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import { canonicalJson } from '../../schema/canonical-json.ts';

const TOLD = 3;

/** Null where the run may follow it; otherwise RETRY_NEEDS_NEW_MOVE. */
export function refuseOtherTables(old: PlanFile, now: PlanFile): MigrationError | null {
  if (same(frame(old), frame(now))) return null;
  const changes = comparePlans(old, now).map(({ text }) => text);
  return new MigrationError({
    code: 'RETRY_NEEDS_NEW_MOVE',
    message: `The edited plan changes more than how values are read, so rows moved by it would not fit those that are there. ${changes.slice(0, TOLD).join(' ')}`,
    hint: 'Nothing was changed. Take these changes back and retry; or undo the run with towpath rollback, and move everything by the edited plan.',
    details: { changes: changes.slice(0, 20) },
  });
}

/** What a run has made by its plan and must not become otherwise. */
function frame({ migration, source, target, settings, entities }: PlanFile): unknown {
  return {
    migration,
    source: source.fingerprint,
    target: { schema: target.schema, create: target.create },
    timeZone: settings.timeZone,
    entities: [...entities]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((entity) => frameOf(entity, createsTable({ target }, entity))),
  };
}

/** Checks of a table that Towpath made follow the plan (follow-checks.ts). */
function frameOf(entity: PlanEntity, isMade: boolean): unknown {
  const { name, source, target, merge, key, dedupe, deferred, uniques, indexes } = entity;
  const checks = isMade ? null : entity.checks;
  const columns = entity.columns.map(({ to, type, nullable }) => [to, type, nullable]);
  return { name, source, target, merge, key, dedupe, deferred, uniques, indexes, checks, columns };
}

/** Names of the entities of which rows, where they were moved already, might come out otherwise. */
export function entitiesToCompare(old: PlanFile, now: PlanFile): string[] {
  const before = new Map(old.entities.map((entity) => [entity.name, entity]));
  return now.entities
    .filter((entity) => !onlyForMisfits(before.get(entity.name)!, entity))
    .map(({ name }) => name);
}

function onlyForMisfits(old: PlanEntity, now: PlanEntity): boolean {
  if (!same([old.where, old.code, old.leftOut], [now.where, now.code, now.leftOut])) return false;
  const before = new Map(old.columns.map((column) => [column.to, column]));
  return now.columns.every((column) => sameForFitting(before.get(column.to)!, column));
}

/** A value that fitted becomes the same; only what did not fit may fare otherwise. */
function sameForFitting(old: PlanColumn, now: PlanColumn): boolean {
  const values = ({ from, range, default: given, placeholder }: PlanColumn) => [
    from,
    range,
    given,
    placeholder,
  ];
  if (!same(values(old), values(now))) return false;
  const [was, is] = [transformsOf(old), transformsOf(now)];
  if (same(was, is) && old.onMisfit === now.onMisfit) return true;
  if (old.onMisfit !== 'quarantine' || was.length !== is.length) return false;
  return was.every((step, i) => same(step, is[i]) || takesMore(step, is[i]!));
}

/** A step that does the same with every value that it took before, and takes some that it did not. */
function takesMore(old: Transform, now: Transform): boolean {
  if (old.kind === 'choice' && now.kind === 'choice')
    return (
      old.unknown === 'quarantine' && Object.entries(old.map).every(([code, word]) => now.map[code] === word)
    );
  const strict = STRICT[old.kind];
  if (strict === undefined || old.kind !== now.kind) return false;
  const [a, b]: Readonly<Record<string, unknown>>[] = [{ ...old }, { ...now }];
  const changed = [...new Set([...Object.keys(a!), ...Object.keys(b!)])].filter(
    (name) => !same(a![name], b![name]),
  );
  return changed.every((name) => a![name] === strict[name]);
}

/** What a step says where it refuses a value. */
const STRICT: Readonly<Partial<Record<Transform['kind'], Readonly<Record<string, string>>>>> = {
  reference: { onMissing: 'quarantine' },
  polymorphic: { onMissing: 'quarantine' },
  lookup: { onMissing: 'quarantine' },
  email: { onMalformed: 'misfit', onDuplicate: 'misfit' },
  split: { missing: 'misfit' },
  replace: { noMatch: 'misfit' },
};

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}
