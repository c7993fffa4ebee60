/** A word, a kind of record, a field, one record: the word of the trade first, then what is in the old database. */
import { findTerm } from '../../../tools/terms.ts';
import { tell } from '../answer.ts';
import { fieldOf } from '../answers/mapping.ts';
import { notUnderstood } from '../answers/state.ts';
import { whichTable } from '../dialogue.ts';
import { placeOf } from '../slots.ts';
import { resultOf, say } from '../step.ts';
import { placeMeant } from './changes.ts';
import { ask, type Route } from './lookup.ts';

export const explain: Route = (moment) => {
  const { agent, dialogue } = moment;
  const table = placeOf(dialogue.understood).table ?? dialogue.topic.table;
  const named = placeOf(dialogue.understood).table;
  if (named !== null && findTerm(named) !== null && moment.offered.has('explainTerm')) {
    return ask(moment, 'explainTerm', { term: named });
  }
  if (table === null)
    return say('Which table or word? For example: “explain patients”, or “what is a rehearsal”.', [
      'Show everything',
    ]);
  const result = resultOf(moment, 'describeTable');
  if (result?.answer?.error?.code === 'UNKNOWN_TABLE' && !/\b(table|entity)\b/.test(dialogue.wanted)) {
    const words = notUnderstood(agent, dialogue.said, null);
    return say(`${tell(result).words} ${words.words}`, words.choices);
  }
  return ask(moment, 'describeTable', { table });
};

export const explainColumn: Route = (moment) => {
  const place = placeMeant(moment);
  if (place.column === null)
    return say('Which field, and in which kind of record? For example: “explain zip in offices”.');
  if (place.table === null) return say(`${whichTable} I need to know where the field “${place.column}” is.`);
  const result = resultOf(moment, 'describeColumn');
  const { code = '' } = result?.answer?.error ?? {};
  // “archive.one” may be a field of a table, or a table of a part of the database
  const whole = `${place.table}.${place.column}`;
  if (/^(UNKNOWN_TABLE|AMBIGUOUS_NAME)$/.test(code) && moment.dialogue.wanted.includes(whole))
    return ask(moment, 'describeTable', { table: whole });
  return ask(moment, 'describeColumn', { table: place.table, column: place.column });
};

export const explainRow: Route = (moment) => {
  const { slots } = moment.dialogue.understood;
  const { table } = placeOf(moment.dialogue.understood);
  const id = slots.id?.replace(/^#/, '') ?? null;
  if (id === null || table === null)
    return say(
      'Which record? Say its kind and its old number, for example: “what happened to order 4711”. The numbers of those that are set aside are shown by “towpath quarantine show”.',
      ['Show what is set aside'],
    );
  return ask(moment, 'explainRow', { entity: table, id });
};

/** “patients” alone is a kind of record; “zip in patients” one of its fields. */
export const showMapping: Route = (moment) => {
  const place = placeOf(moment.dialogue.understood);
  const { topic } = moment.dialogue;
  const table = place.table ?? (place.column === null ? topic.table : null);
  const column = place.table === null && place.column !== null ? null : (place.column ?? null);
  const entity = table ?? place.column;
  if (entity === null)
    return say('Of which kind of record, or which field? For example: “show how zip in offices moves”.', [
      'Show the plan',
    ]);
  const result = resultOf(moment, 'readMapping');
  const unknown = result?.answer?.error?.code === 'UNKNOWN_ENTITY';
  if (unknown && place.table === null && topic.table === null)
    return say(`${whichTable} I need to know where the field “${entity}” is.`);
  if (unknown && place.table === null && result.input.entity !== topic.table)
    return { kind: 'call', tool: 'readMapping', input: { entity: topic.table } };
  const asField = result?.input.entity === topic.table && place.table === null ? place.column : column;
  return ask(moment, 'readMapping', { entity }, fieldOf(asField));
};
