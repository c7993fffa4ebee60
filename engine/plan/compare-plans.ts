/** What one plan would do otherwise than another, in words: per kind of record, per column, and for the plan as a whole. */
import { canonicalJson } from '../schema/canonical-json.ts';
import { dedupeWords } from './dedupe-rule.ts';
import type { PlanColumn, PlanEntity, PlanFile } from './plan-file.ts';
import { transformWords } from './transform-words.ts';
import { transformsOf } from './transforms.ts';

export interface PlanDifference {
  /** Null: the plan as a whole. */
  readonly entity: string | null;
  readonly column: string | null;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly text: string;
}

/** Empty where both would do the same. Reasons, confidence, notes and estimates are not compared. */
export function comparePlans(before: PlanFile, after: PlanFile): PlanDifference[] {
  const [old, now] = [byName(before.entities), byName(after.entities)];
  const entities = [...new Set([...old.keys(), ...now.keys()])].flatMap((name): PlanDifference[] => {
    const [a, b] = [old.get(name), now.get(name)];
    if (!a) return [whole(name, 'added', `${b!.source.table} moves as ${name}.`)];
    if (!b) return [whole(name, 'removed', `${name} does not move any more.`)];
    return [...entityChanges(a, b), ...columnChanges(a, b), ...leftOutChanges(a, b)];
  });
  return [...planChanges(before, after), ...entities, ...answerChanges(before, after)];
}

function whole(entity: string | null, kind: PlanDifference['kind'], text: string): PlanDifference {
  return { entity, column: null, kind, text };
}

function planChanges(a: PlanFile, b: PlanFile): PlanDifference[] {
  const texts: string[] = [];
  const told = (what: string, x: unknown, y: unknown) => {
    if (!same(x, y)) texts.push(`${what}: ${shown(x)} before, ${shown(y)} now.`);
  };
  told('Name of the migration', a.migration, b.migration);
  told('Zone of clocks without one', a.settings.timeZone, b.settings.timeZone);
  told('Share of records that may be set aside', a.settings.maxFailureRate, b.settings.maxFailureRate);
  const ofLevels = ({ settings }: PlanFile) => JSON.stringify(settings.maxFailureRateOfLevel ?? {});
  if (ofLevels(a) !== ofLevels(b))
    texts.push('The shares of records that may be set aside of single levels.');
  told('Schema of the new tables', a.target.schema, b.target.schema);
  if (a.source.fingerprint !== b.source.fingerprint)
    texts.push('It is for another form of the old database: its tables changed in between.');
  const left = (plan: PlanFile) => new Set(plan.excluded.map(({ schema, table }) => `${schema}.${table}`));
  const [was, is] = [left(a), left(b)];
  const gone = [...is].filter((name) => !was.has(name));
  const back = [...was].filter((name) => !is.has(name));
  if (gone.length > 0) texts.push(`Stays behind now: ${gone.join(', ')}.`);
  if (back.length > 0) texts.push(`Stays behind no more: ${back.join(', ')}.`);
  return texts.map((text) => whole(null, 'changed', text));
}

const WORDS: readonly (readonly [keyof PlanEntity, string])[] = [
  ['source', 'the old table'],
  ['target', 'the new table'],
  ['key', 'the key'],
  ['where', 'the filter'],
  ['dedupe', 'which rows are one record'],
  ['merge', 'merging with what is there'],
  ['financial', 'counting as money'],
  ['maxFailureRate', 'the share that may be set aside'],
  ['level', 'the level'],
  ['phase', 'the phase'],
  ['uniques', 'the unique rules'],
  ['indexes', 'the indexes'],
  ['checks', 'the checks'],
  ['deferred', 'what is settled in the second pass'],
  ['code', 'the code'],
];

function entityChanges(a: PlanEntity, b: PlanEntity): PlanDifference[] {
  return WORDS.filter(([key]) => !same(a[key], b[key])).map(([key, words]) =>
    whole(b.name, 'changed', `${words} changed: ${fieldWords(a, key)} before, ${fieldWords(b, key)} now.`),
  );
}

function fieldWords(entity: PlanEntity, key: keyof PlanEntity): string {
  return key === 'dedupe' ? dedupeWords(entity.dedupe) : shown(entity[key]);
}

function columnChanges(a: PlanEntity, b: PlanEntity): PlanDifference[] {
  const [old, now] = [columnsOf(a), columnsOf(b)];
  const gone = a.columns.filter(({ to }) => !now.has(to));
  const fresh = b.columns.filter(({ to }) => !old.has(to));
  const renamed = new Map<PlanColumn, PlanColumn>();
  for (const column of fresh) {
    const was = gone.find(
      (one) => one.from !== undefined && one.from === column.from && ![...renamed.values()].includes(one),
    );
    if (was) renamed.set(column, was);
  }
  const told = (column: string, kind: PlanDifference['kind'], text: string): PlanDifference => ({
    entity: b.name,
    column,
    kind,
    text,
  });
  return [
    ...gone
      .filter((column) => ![...renamed.values()].includes(column))
      .map(({ to }) => told(to, 'removed', `${to} is no column any more.`)),
    ...fresh.flatMap((column) => {
      const was = renamed.get(column);
      return was
        ? [
            told(column.to, 'changed', `${column.to} was called ${was.to}.`),
            ...changesOf(was, column).map((text) => told(column.to, 'changed', text)),
          ]
        : [
            told(
              column.to,
              'added',
              `${column.to} is new${column.from === undefined ? '' : `, from ${column.from}`}: it ${transformWords(transformsOf(column))}.`,
            ),
          ];
    }),
    ...b.columns.flatMap((column) => {
      const was = old.get(column.to);
      return was ? changesOf(was, column).map((text) => told(column.to, 'changed', text)) : [];
    }),
  ];
}

const FIELDS: readonly (readonly [keyof PlanColumn, string])[] = [
  ['from', 'comes from'],
  ['type', 'has the type'],
  ['nullable', 'may be empty'],
  ['onMisfit', 'treats what does not fit as'],
  ['range', 'is bounded by'],
  ['default', 'has the standard value'],
  ['money', 'is summed as money by'],
  ['personal', 'is personal'],
];

function changesOf(a: PlanColumn, b: PlanColumn): string[] {
  const texts = FIELDS.filter(([key]) => !same(a[key], b[key])).map(
    ([key, words]) => `${b.to} ${words}: ${shown(a[key])} before, ${shown(b[key])} now.`,
  );
  const [was, is] = [transformsOf(a), transformsOf(b)];
  if (same(was, is)) return texts;
  const [before, after] = [transformWords(was), transformWords(is)];
  return [
    before === after
      ? `${b.to} ${after}, in another way than before.`
      : `${b.to} ${after}; before, it ${before}.`,
    ...texts,
  ];
}

function leftOutChanges(a: PlanEntity, b: PlanEntity): PlanDifference[] {
  const names = (entity: PlanEntity) => new Set(entity.leftOut.map(({ column }) => column));
  const [was, is] = [names(a), names(b)];
  return [
    ...[...is]
      .filter((name) => !was.has(name))
      .map((name) => whole(b.name, 'changed', `${name} of the old table is left out now.`)),
    ...[...was]
      .filter((name) => !is.has(name))
      .map((name) => whole(b.name, 'changed', `${name} of the old table is left out no more.`)),
  ];
}

function answerChanges(a: PlanFile, b: PlanFile): PlanDifference[] {
  const old = new Map(a.questions.map((question) => [question.number, question]));
  return b.questions.flatMap(({ number, answer, text }) => {
    const was = old.get(number);
    if (was?.text === text && was.answer === answer) return [];
    if (!was || was.text !== text) return [whole(null, 'added', `Question ${number} is asked: ${text}`)];
    return [
      whole(
        null,
        'changed',
        `Question ${number} is answered ${answer ?? 'no more'}; before: ${was.answer ?? 'open'}.`,
      ),
    ];
  });
}

function byName(entities: readonly PlanEntity[]): ReadonlyMap<string, PlanEntity> {
  return new Map(entities.map((entity) => [entity.name, entity]));
}

function columnsOf({ columns }: PlanEntity): ReadonlyMap<string, PlanColumn> {
  return new Map(columns.map((column) => [column.to, column]));
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}

const SHOWN = 80;

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
}
