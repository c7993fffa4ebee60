/** Doing: each is one tool; what needs a person says so itself. */
import { cancel, stop } from '../answers/state.ts';
import { placeOf } from '../slots.ts';
import { type Moment, type Step, say } from '../step.ts';
import { ask, lookUp, type Route } from './lookup.ts';

/** Ends a move for good, so it is asked once, unless just that was said. */
export const cancelMove: Route = (moment) =>
  /^yes,? cancel/i.test(moment.dialogue.wanted) || saidTwice(moment)
    ? ask(moment, 'cancelMigration')
    : ask(moment, 'whereWeAre', {}, cancel);

function saidTwice({ dialogue: { lastWords } }: Moment): boolean {
  return /Cancelling ends this move for good|cancelling ends it for good/.test(lastWords);
}

export const stopWhat: Route = lookUp('whereWeAre', {}, stop);

export const cleanUp: Route = (moment) => {
  const days = Number(moment.dialogue.understood.slots.days ?? 30);
  return ask(moment, 'cleanUp', { olderThanDays: Math.min(3650, Math.max(1, days)) });
};

/** “Undo only the patients and the visits”, or a level and what follows it. */
export const undoPart =
  (tool: 'previewRollbackPart' | 'rollbackPart'): Route =>
  (moment) => {
    const { understood } = moment.dialogue;
    const { level } = understood.slots;
    const { table } = placeOf(understood);
    const entities = table === null ? [] : table.split(/\s*(?:,| and )\s*/i).filter((name) => name !== '');
    if (entities.length === 0 && level === undefined)
      return say('Which kinds of records? For example: “undo only patients”, or “undo level 2 and later”.', [
        'Show the plan',
      ]);
    return ask(moment, tool, { entities, level: level === undefined ? null : Number(level) });
  };

/** A new plan drops every change, so only who says so gets one. */
export const newPlan: Route = (moment): Step => {
  const { wanted, lastWords } = moment.dialogue;
  const again = /\b(new|another|fresh|again|over|scratch|redo|replan)\b/i.test(wanted);
  const sure = /lose the changes|throw/i.test(wanted) || (again && lastWords.includes(dropsChanges));
  if (again && !sure) {
    return say(`${dropsChanges} Shall I make it?`, [
      'Make a new plan and lose the changes',
      'Show the plan',
      'Keep it',
    ]);
  }
  return ask(moment, 'createPlan', { again });
};

const dropsChanges =
  'A new plan is made from what was found in the old database, and drops every change that was made to the plan.';
