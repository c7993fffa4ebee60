/** Rules over the transforms of one entity: each can be worked out, makes what its column holds, and loses nothing unasked. */
import type { Table } from '../schema/catalog.ts';
import { checkStep } from './check-step.ts';
import type { PlanPath, Tell } from './finding.ts';
import { hasPlaceholder } from './has-placeholder.ts';
import { madeType } from './made-type.ts';
import type { PlanColumn, PlanEntity, Transform } from './plan-file.ts';
import { transformsOf } from './transforms.ts';

type Kind = Transform['kind'];

/** These take no value from a step before them. */
const FIRST = new Set<Kind>(['template', 'lookup', 'constant']);
const POINTING = new Set<Kind>(['reference', 'polymorphic', 'uuid', 'metadata']);
const HIDING = new Set<Kind>(['hash', 'mask']);
/** Types that only the server can read from text. */
const READ_BY_SERVER =
  /^(interval|timetz|time with|time\s*\(.*\) with|inet|cidr|macaddr|bit|varbit|xml|point|line|lseg|box|path|polygon|circle|tsvector|tsquery|money)/i;

export function checkTransforms(entity: PlanEntity, table: Table, at: PlanPath, tell: Tell): void {
  entity.columns.forEach((column, i) => {
    const place = [...at, 'columns', i];
    const steps = transformsOf(column);
    for (const step of steps) checkStep(step, column, { table, place: [...place, 'transform'], tell });
    checkOrder(steps, place, tell);
    checkMade(column, steps, place, tell);
    checkPolicy(column, steps, place, tell);
    checkHidden(entity, column, steps, place, tell);
    checkParts(entity, column, steps, place, tell);
  });
}

function checkOrder(steps: readonly Transform[], at: PlanPath, tell: Tell): void {
  const place = [...at, 'transform'];
  for (const { kind } of steps.slice(1))
    if (FIRST.has(kind))
      tell(
        place,
        `The transform ${kind} makes a value of its own, so what stands before it would be lost.`,
        `Let ${kind} stand first.`,
      );
  for (const { kind } of steps.slice(0, -1))
    if (kind === 'array')
      tell(
        place,
        'Behind array the value is a list.',
        'Name the other transforms under each, in their order.',
      );
  const email = steps.findIndex((step) => step.kind === 'email' && step.unique);
  if (email > 0 && ['template', 'lookup'].includes(steps[0]!.kind))
    tell(
      place,
      'Whether an address repeats an earlier one is only known for those of the table itself.',
      'Set unique: false, or take the address from a column of this table.',
    );
}

function checkMade(column: PlanColumn, steps: readonly Transform[], at: PlanPath, tell: Tell): void {
  const made = madeType(steps, column.type);
  if (made !== null) tell([...at, 'type'], made.message, made.hint);
}

function checkPolicy(column: PlanColumn, steps: readonly Transform[], at: PlanPath, tell: Tell): void {
  const { to, type, onMisfit, placeholder } = column;
  const place = [...at, 'onMisfit'];
  if (placeholder !== undefined && onMisfit !== 'placeholder')
    tell(
      [...at, 'placeholder'],
      'The placeholder is never used.',
      'Set onMisfit: placeholder, or take it out.',
      'warning',
    );
  if (onMisfit === 'quarantine') return;
  const pointing = steps.find(({ kind }) => POINTING.has(kind));
  if (pointing) {
    const hint = 'onMissing' in pointing ? 'Use onMissing, or take onMisfit out.' : 'Take onMisfit out.';
    tell(place, `${to} points at records or is made by the move, so onMisfit says nothing about it.`, hint);
  } else if (onMisfit === 'placeholder' && !hasPlaceholder(column)) {
    tell(
      place,
      `There is no placeholder for ${type}.`,
      'Write one under placeholder, with {key} for the old key, or use another policy.',
    );
  }
  if (READ_BY_SERVER.test(type))
    tell(
      place,
      `Only the new database can tell whether a text is ${type}: a record with one that is not is set aside, whatever onMisfit says.`,
      'Use quarantine, or a type whose values are checked before, such as text.',
      'warning',
    );
}

/** What is hidden in one place must not stand open in another. */
function checkHidden(
  entity: PlanEntity,
  column: PlanColumn,
  steps: readonly Transform[],
  at: PlanPath,
  tell: Tell,
): void {
  const hiding = steps.find(({ kind }) => HIDING.has(kind));
  if (!hiding || column.from === undefined) return;
  const open = entity.columns.filter((other) => other !== column && showsWhole(other, column.from!));
  if (open.length > 0)
    tell(
      [...at, 'transform'],
      `${column.from} is hidden here, but stands open in ${open.map(({ to }) => to).join(', ')}.`,
      'Hide it there as well, or take it out there.',
      'warning',
    );
  const personal = column.personal !== undefined;
  if (personal && hiding.kind === 'hash' && !hiding.keyed)
    tell(
      [...at, 'transform'],
      'Whoever guesses a value can hash the guess and see that it is right: telephone numbers and dates of birth are guessed in seconds.',
      'Set keyed: true, which hashes with the migration’s secret.',
      'warning',
    );
}

function showsWhole(column: PlanColumn, source: string): boolean {
  const steps = transformsOf(column);
  if (steps.some(({ kind }) => HIDING.has(kind))) return false;
  return column.from === source
    ? !steps.some(({ kind }) => FIRST.has(kind))
    : steps.some((step) => step.kind === 'metadata' && step.columns.includes(source));
}

/** A part is taken and the rest goes nowhere. */
function checkParts(
  entity: PlanEntity,
  column: PlanColumn,
  steps: readonly Transform[],
  at: PlanPath,
  tell: Tell,
): void {
  const { from } = column;
  const takesPart = (list: readonly Transform[]) => list.some((step) => step.kind === 'split');
  const takesRest = (list: readonly Transform[]) => list.some((step) => step.kind === 'split' && step.rest);
  if (from === undefined || !takesPart(steps)) return;
  const others = entity.columns.map((other) => ({ other, list: transformsOf(other) }));
  const whole = others.some(({ other, list }) => !takesPart(list) && showsWhole(other, from));
  const covered = others.some(({ other, list }) => other.from === from && takesRest(list));
  if (!whole && !covered)
    tell(
      [...at, 'transform'],
      `Only a part of ${from} is moved; the rest of it goes nowhere.`,
      'Take the rest into another column with rest: true, or add the column to metadata.',
      'warning',
    );
}
