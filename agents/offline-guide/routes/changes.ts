/**
 * Changes of the plan. The mapping is read first, so that names are those of the plan and earlier rules of a field are
 * kept; then one change, and how to take it back.
 */
import { mappingFacts } from '../../../engine/index.ts';
import { type Telling, tell } from '../answer.ts';
import { changed, onlyByNewPlan, reviewed } from '../answers/change.ts';
import { whichTable } from '../dialogue.ts';
import { columnMeant, type MappedColumn, type Mapping } from '../mapping-column.ts';
import { asWritten, type Place, placeOf, policyOf, writtenValue } from '../slots.ts';
import { call, dataOf, type Moment, resultOf, type Step, say } from '../step.ts';
import type { Route } from './lookup.ts';
import { type Transform, withTransform } from './transforms.ts';

const reason = 'A person asked for it in the conversation.';

interface Change {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly told: Telling;
}

/** What the person means, from this message or from what was talked about. */
function placeMeant({ dialogue }: Moment): Place {
  const place = placeOf(dialogue.understood);
  return {
    column: place.column ?? (place.table === null ? dialogue.topic.column : null),
    table: place.table ?? dialogue.topic.table,
  };
}

function column(make: (moment: Moment, mapping: Mapping, column: MappedColumn) => Change | Step): Route {
  return (moment) => {
    const place = placeMeant(moment);
    if (place.column === null)
      return say('Which field, and in which kind of record? For example: “zip in offices”.');
    if (place.table === null)
      return say(`${whichTable} I need to know where the field “${place.column}” is.`);
    return withMapping(moment, place.table, (mapping) => {
      const found = columnMeant(mapping, place.column!);
      if (found === null) return noSuchField(mapping, place.column!);
      return carryOut(moment, make(moment, mapping, found));
    });
  };
}

function withMapping(moment: Moment, entity: string, go: (mapping: Mapping) => Step): Step {
  const read = resultOf(moment, 'readMapping');
  if (read === null) return call('readMapping', { entity });
  const mapping = mappingFacts.safeParse(dataOf(read.answer)).data;
  return mapping === undefined ? tell(read) : go(mapping);
}

function carryOut(moment: Moment, change: Change | Step): Step {
  if ('kind' in change) return change;
  const result = resultOf(moment, change.tool);
  return result === null ? call(change.tool, change.input) : tell(result, change.told);
}

function noSuchField({ entity, columns }: Mapping, said: string): Step {
  const names = columns.map(({ to }) => to);
  return say(
    `I find no field “${said}” in ${entity}. It has: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ` and ${names.length - 20} more` : ''}. Nothing was changed.`,
  );
}

/** “to born_on in patients”: the kind of record may stand behind the new name. */
function renaming({ dialogue: { understood } }: Moment): { to: string | null; table: string | null } {
  const to = writtenValue(understood, 'to');
  const tail = / (?:in|of|for) (.+)$/.exec(to ?? '');
  const name = (to ?? '').replace(/ (?:in|of|for) .+$/, '').trim();
  const snake = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  return { to: snake === '' ? null : snake, table: tail?.[1] ?? null };
}

export const rename: Route = (moment) => {
  const { to, table } = renaming(moment);
  const place = placeMeant(moment);
  if (to === null) return say('To which name? For example: “rename birth_date in patients to born_on”.');
  const { dialogue } = moment;
  const meant = table === null ? dialogue.topic : { ...dialogue.topic, table };
  const known = { ...moment, dialogue: { ...dialogue, topic: { ...meant, column: place.column } } };
  return column((_moment, { entity }, { to: before }) => ({
    tool: 'renameColumn',
    input: { entity, column: before, to },
    told: changed(`rename ${to} in ${entity} to ${before}`),
  }))(known);
};

export const leaveOut = column((_moment, { entity }, { to }) => ({
  tool: 'leaveOutColumn',
  input: { entity, column: to, reason },
  told: onlyByNewPlan,
}));

export const setMisfit = column(({ dialogue }, { entity }, { to, onMisfit }) => ({
  tool: 'setMisfitPolicy',
  input: { entity, column: to, onMisfit: policyOf(dialogue.understood) },
  told: changed(`set policy of ${to} in ${entity} to ${onMisfit}`),
}));

export const setMissing = column(({ dialogue }, { entity }, { to, transform }) => {
  const before = transform.find((step) => step.kind === 'reference' || step.kind === 'polymorphic');
  const back =
    before && 'onMissing' in before
      ? `set missing policy of ${to} in ${entity} to ${before.onMissing}`
      : null;
  const onMissing = policyOf(dialogue.understood) === 'quarantine' ? 'quarantine' : 'null';
  return { tool: 'setMissingPolicy', input: { entity, column: to, onMissing }, told: changed(back) };
});

/** A rule of the field, beside those it has. */
export function transform(wanted: (moment: Moment) => Transform | null): Route {
  return column((moment, { entity }, found) => {
    const rule = wanted(moment);
    if (rule === null)
      return say('Which value? Put it in quotes, for example: use "unknown" when city in offices is empty.');
    const steps = withTransform(found.transform, rule);
    if (typeof steps === 'string') return say(steps, [`Show how ${found.to} in ${entity} moves`]);
    return {
      tool: 'setColumn',
      input: { entity, column: found.to, transforms: steps.map(flat), reason },
      told: changed(undoOf(found, entity)),
    };
  });
}

/** As the tool takes it: every field there, null where the kind has no use for it. */
function flat(step: Transform): Readonly<Record<string, unknown>> {
  const { kind, map, true: yes, false: no, entities, ...rest } = step as Record<string, unknown>;
  const pairs = (value: unknown, key: string, word: string) =>
    value === undefined
      ? {}
      : {
          [key === 'code' ? 'choices' : 'entities']: Object.entries(value as object).map(([a, b]) => ({
            [key]: a,
            [word]: b,
          })),
        };
  return {
    ...{
      value: null,
      choices: null,
      unknown: null,
      trueWords: yes ?? null,
      falseWords: no ?? null,
      zone: null,
    },
    ...{ unit: null, scale: null, placeholderDomain: null, unique: null, entity: null, onMissing: null },
    ...{ typeColumn: null, entities: null, columns: null },
    kind,
    ...rest,
    ...pairs(map, 'code', 'word'),
    ...pairs(entities, 'value', 'entity'),
  };
}

/** A field's type is the plan's; here only its values are read as that type. */
export const setType = column((moment, { entity }, found) => {
  const wanted = moment.dialogue.understood.slots.type ?? '';
  const fits = (typeWords.find(([word]) => word.test(wanted))?.[1] ?? /^$/).test(found.type);
  if (!fits) {
    return say(
      `${found.to} in ${entity} is of type ${found.type} in the plan, and I cannot make it another type by word. An engineer can change it in the plan file; everything else about it you can change here.`,
      [`Show how ${found.to} in ${entity} moves`],
    );
  }
  if (found.transform.some(({ kind }) => kind !== 'copy' && kind !== 'trim')) {
    return say(`${found.to} in ${entity} becomes ${found.type} already. Nothing was changed.`, [
      `Show how ${found.to} in ${entity} moves`,
    ]);
  }
  const steps = withTransform(found.transform, { kind: 'cast' });
  if (typeof steps === 'string') return say(steps);
  return {
    tool: 'setColumn',
    input: { entity, column: found.to, transforms: steps.map(flat), reason },
    told: changed(undoOf(found, entity)),
  };
});

const typeWords: readonly (readonly [RegExp, RegExp])[] = [
  [/date/, /^date$/],
  [/timestamp|time/, /^time/],
  [/number|integer/, /^(int|bigint|smallint|numeric|real|double|decimal)/],
  [/text/, /^(text|character varying|varchar)/],
  [/bool|yes/, /^bool/],
];

function undoOf({ to, transform: before }: MappedColumn, entity: string): string | null {
  const only = before.length === 1 ? before[0]!.kind : null;
  if (only === 'copy') return `copy ${to} in ${entity} as it is`;
  return only === 'trim' || only === 'lower' || only === 'upper' ? `${only} ${to} in ${entity}` : null;
}

export function review(decision: 'accept' | 'reject'): Route {
  return column((_moment, { entity }, { to }) => ({
    tool: 'reviewSuggestion',
    input: { entity, column: to, decision },
    told: reviewed,
  }));
}

/** One value of the sentence, as it was written. */
export function said(moment: Moment, slot: string): string | null {
  return writtenValue(moment.dialogue.understood, slot);
}

export function choiceOf({ dialogue: { understood } }: Moment): Transform | null {
  const { code, word } = understood.slots;
  if (code === undefined || word === undefined) return null;
  return {
    kind: 'choice',
    map: { [asWritten(understood.sentence, code)]: asWritten(understood.sentence, word) },
    unknown: 'quarantine',
  };
}

export { placeMeant, withMapping };
