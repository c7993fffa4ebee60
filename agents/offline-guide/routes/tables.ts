/** What concerns a whole kind of record: leave it behind, take only some of it. */
import type { z } from 'zod';
import { tableFacts } from '../../../engine/index.ts';
import { tell } from '../answer.ts';
import { changed, onlyByNewPlan } from '../answers/change.ts';
import { more, mostLines } from '../plain-words.ts';
import { asWritten, placeOf } from '../slots.ts';
import { call, dataOf, type Moment, resultOf, type Step, say } from '../step.ts';
import { withMapping } from './changes.ts';
import { conditionOf } from './condition.ts';
import { ask, type Route } from './lookup.ts';

function tableMeant({ dialogue }: Moment): string | null {
  const place = placeOf(dialogue.understood);
  return place.table ?? place.column ?? dialogue.topic.table;
}

export const exclude: Route = (moment) => {
  const table = tableMeant(moment);
  if (table === null)
    return say('Which kind of record shall stay behind? For example: “leave out system messages”.');
  return withMapping(moment, table, ({ entity }) =>
    ask(
      moment,
      'excludeEntity',
      { entity, reason: 'A person asked for it in the conversation.' },
      onlyByNewPlan,
    ),
  );
};

export const removeFilter: Route = (moment) => {
  const table = tableMeant(moment);
  if (table === null) return say('Of which kind of record? For example: “remove the filter on orders”.');
  return withMapping(moment, table, ({ entity, where }) => {
    if (where === null) return say(`${entity} has no filter: all of its records move.`);
    return setFilter(moment, entity, null, `move only ${entity} where ${where}`);
  });
};

export const addFilter: Route = (moment) => {
  const { understood } = moment.dialogue;
  const table = tableMeant(moment);
  const { where, unless, since } = understood.slots;
  const example = 'For example: “only move orders where created_at is after 2020-01-01”.';
  if (table === null) return say(`Which records of which kind? ${example}`);
  if (since !== undefined) return say(`By which of its dates? ${example}`);
  const written = where ?? unless;
  if (written === undefined) return say(`Which records of ${table} shall move? ${example}`);
  const described = resultOf(moment, 'describeTable');
  if (described === null) return call('describeTable', { table });
  const facts = tableFacts.safeParse(dataOf(described.answer)).data;
  if (facts === undefined) return tell(described);
  if (facts.entity === null)
    return say(`${facts.table} is not in the plan, so there is nothing to filter.`, ['Show the plan']);
  const condition = conditionOf(
    asWritten(understood.sentence, written),
    facts.columnFacts.map(({ column }) => column),
  );
  if (condition === null) {
    return say(
      `I could not read “${written}” as a condition on ${facts.entity}. Name one of its fields and compare it: is, is not, before, after, more than, less than, is empty. ${exampleOf(facts.entity, facts.columnFacts)}`,
    );
  }
  return setFilter(
    moment,
    facts.entity,
    unless === undefined ? condition : `not (${condition})`,
    `remove the filter on ${facts.entity}`,
  );
};

/** One that works: with fields that are there. */
function exampleOf(entity: string, columns: z.infer<typeof tableFacts>['columnFacts']): string {
  const date = columns.find(({ type }) => /^(date|timestamp)/.test(type));
  const compared =
    date === undefined ? `${columns[0]?.column ?? 'id'} is not empty` : `${date.column} is after 2020-01-01`;
  const names = columns.slice(0, mostLines).map(({ column }) => column);
  return `For example: “only move ${entity} where ${compared}”. Its fields: ${names.join(', ')}${more(columns.length, mostLines)}.`;
}

function setFilter(moment: Moment, entity: string, where: string | null, back: string): Step {
  return ask(moment, 'setFilter', { entity, where }, changed(back));
}
