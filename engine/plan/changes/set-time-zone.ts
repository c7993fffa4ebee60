/** The zone of clocks without one: the plan's setting, and every column that was read by it. */
import { type Node, visit } from 'yaml';
import { transformsOf } from '../transforms.ts';
import { AFTER_TYPE, type ChangeWords, refused } from './choose.ts';
import type { PlanEdit } from './edit-plan-text.ts';
import type { ChangeOf } from './plan-change.ts';

export function setTimeZone(edit: PlanEdit, { zone }: ChangeOf<'set-time-zone'>): ChangeWords {
  if (!isZone(zone))
    throw refused(`There is no time zone named ${zone}.`, 'Use a name like UTC or Europe/Berlin.');
  const old = edit.plan.settings.timeZone;
  const words = (name: string) => `Clocks without a zone are read as ${name} time.`;
  if (zone === old) return { before: words(old), after: words(zone) };
  const settings = edit.root().get('settings');
  edit.set(settings as Parameters<PlanEdit['set']>[0], 'timeZone', zone, ['maxFailureRate']);
  for (const entity of edit.plan.entities)
    for (const column of entity.columns) {
      const steps = transformsOf(column);
      if (!steps.some((step) => step.kind === 'time-zone' && step.zone === old)) continue;
      const next = steps.map((step) =>
        step.kind === 'time-zone' && step.zone === old ? { ...step, zone } : step,
      );
      edit.set(
        edit.column(entity.name, column.to),
        'transform',
        next.length === 1 ? next[0] : next,
        AFTER_TYPE,
      );
    }
  rewriteChoices(edit, old, zone);
  return { before: words(old), after: words(zone) };
}

/** What choices of other questions would put there was read by the same clock. */
function rewriteChoices(edit: PlanEdit, old: string, zone: string): void {
  visit(edit.root().get('questions') as Node, {
    Map(_, map) {
      if (map.get('kind') === 'time-zone' && map.get('zone') === old) map.set('zone', zone);
    },
  });
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
