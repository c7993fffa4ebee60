/**
 * What a person decides about tables that are there: whether rows are the same as old ones, values for columns that nobody
 * fills, codes without a label, columns without a place, and matches that are not sure. Nothing is lost without one of these.
 */
import type { PlanColumn, PlanEntity } from '../../plan/plan-file.ts';
import type { QuestionDraft } from '../../plan/questions.ts';
import type { Column, Table } from '../../schema/catalog.ts';
import { displayName } from '../../schema/table-key.ts';
import type { ColumnMatch } from './match-columns.ts';
import { SURE_TABLE, type TableMatch } from './match-tables.ts';

type Merge = NonNullable<PlanEntity['merge']>;

/** Columns are sure above this, or where nothing else comes near. */
const SURE_COLUMN = 0.7;

export function askAboutTable({ entity, rival, score, table }: TableMatch): QuestionDraft | null {
  if (score >= SURE_TABLE && rival === null) return null;
  const other = rival ? `, or rather ${displayName(rival)}` : '';
  return {
    about: { entity: entity.name, table: { schema: table.schema, table: table.name } },
    text: `Do the records of ${entity.source.table} belong into the table ${displayName(table)} that is there already${other}?`,
    why: `The match is not sure (${score.toFixed(2)} of 1). Rows in the wrong table are hard to find later.`,
    required: true,
    choices: [
      { text: `Yes, into ${displayName(table)}.`, changes: [] },
      {
        text: 'No: I write the right table under “target” of the entity in the plan, or exclude the entity, before I approve.',
        changes: [],
      },
    ],
    recommended: 0,
  };
}

/** `by`: natural keys that both sides have, the best first. */
export function askAboutMerge(
  entity: PlanEntity,
  table: Table,
  rows: number,
  by: readonly (readonly string[])[],
  likely: readonly string[] = [],
): QuestionDraft {
  const about = { entity: entity.name };
  const set = (merge: Merge | null) => [{ kind: 'set-merge' as const, entity: entity.name, merge }];
  const held = `${displayName(table)} holds ${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'} already`;
  const [best, ...others] = by;
  if (best === undefined) {
    return {
      about,
      text: `${held}. May all records of ${entity.source.table} be added to them?`,
      why: 'Nothing there is unique that the old records have as well, so a record that is on both sides would be there twice.',
      required: true,
      choices: [
        { text: 'Yes, none of them is there yet.', changes: set(null) },
        ...likely.slice(0, 2).map((name) => ({
          text: `Those with the same ${name} are the same; what the new system says of them stays.`,
          changes: set({ by: [name], onMatch: 'keep' as const }),
        })),
        {
          text: 'No: I name the columns that tell them apart under “merge” of the entity in the plan before I approve.',
          changes: set(null),
        },
      ],
      recommended: 0,
    };
  }
  const named = best.join(' and ');
  return {
    about,
    text: `${held}. When an old record has the same ${named} as one of them, what holds?`,
    why: 'Such a record keeps the id it has in the new system, and everything old that refers to it refers to that one. Rows that are changed are given back by a rollback.',
    required: true,
    choices: [
      {
        text: `They are the same, and what the new system says stays; the old values of these records do not move.`,
        changes: set({ by: [...best], onMatch: 'keep' }),
      },
      {
        text: 'They are the same, and get the values of the old system.',
        changes: set({ by: [...best], onMatch: 'update' }),
      },
      ...others.slice(0, 2).map((columns) => ({
        text: `The same ${columns.join(' and ')} tells it instead; what the new system says stays.`,
        changes: set({ by: [...columns], onMatch: 'keep' as const }),
      })),
      {
        text: `They are not the same: every old record is added, and one whose ${named} is taken is set aside.`,
        changes: set(null),
      },
    ],
    recommended: 0,
  };
}

/** `options`: values that could stand there, the plan's own first. */
export function askAboutRequired(
  entity: PlanEntity,
  column: PlanColumn,
  options: readonly { readonly text: string; readonly value: string }[],
): QuestionDraft {
  return {
    about: { entity: entity.name, column: column.to },
    text: `${entity.target.table} requires ${column.to} (${column.type}), which the old system does not have. What shall stand there for old records?`,
    why: 'Without a value no record of this kind can be added.',
    required: true,
    choices: options.map(({ text, value }) => ({
      text,
      changes: [
        {
          kind: 'put-column' as const,
          entity: entity.name,
          column: { ...column, transform: { kind: 'constant' as const, value } },
        },
      ],
    })),
    recommended: 0,
  };
}

/** Values of a code that none of the labels fits. */
export function askAboutLabels(
  entity: PlanEntity,
  column: PlanColumn,
  unknown: readonly string[],
  labels: readonly string[],
): QuestionDraft {
  const transform = Array.isArray(column.transform) ? column.transform[0]! : column.transform;
  const map = transform.kind === 'choice' ? transform.map : {};
  const put = (more: Readonly<Record<string, string>>) => [
    {
      kind: 'put-column' as const,
      entity: entity.name,
      column: {
        ...column,
        transform: { kind: 'choice' as const, map: { ...map, ...more }, unknown: 'quarantine' as const },
      },
    },
  ];
  const codes = unknown.slice(0, 8).join(', ');
  return {
    about: { entity: entity.name, column: column.to },
    text: `${column.to} of ${entity.target.table} may be ${labels.slice(0, 12).join(', ')}. What become the old values ${codes}?`,
    why: `${unknown.length} of the values that were seen are none of these words.`,
    required: true,
    choices: [
      { text: 'Set these records aside until somebody has decided.', changes: put({}) },
      ...labels.slice(0, 6).map((label) => ({
        text: `All of them become ${label}.`,
        changes: put(Object.fromEntries(unknown.map((value) => [value, label]))),
      })),
    ],
    recommended: 0,
  };
}

/**
 * A code whose numbers nobody explained, and a column of the target whose labels are likely what they mean. `column` is what
 * the target's would be; the plan holds it not.
 */
export function askAboutCodes(
  entity: PlanEntity,
  source: Column,
  column: PlanColumn,
  labels: readonly string[],
  keptIn: 'notes' | 'left-out',
): QuestionDraft {
  const codes = (source.profile?.codes ?? []).map(({ value }) => value).sort((a, b) => Number(a) - Number(b));
  const put = (list: readonly string[]) => [
    {
      kind: 'put-column' as const,
      entity: entity.name,
      column: {
        ...column,
        transform: {
          kind: 'choice' as const,
          map: Object.fromEntries(codes.map((code, i) => [code, list[i]!])),
          unknown: 'quarantine' as const,
        },
      },
    },
  ];
  const said = (list: readonly string[]) => codes.map((code, i) => `${code} is ${list[i]}`).join(', ');
  const orders = [labels.slice(0, codes.length), labels.slice(0, codes.length).reverse()];
  return {
    about: { entity: entity.name, column: column.to },
    text: `Are the codes ${codes.join(', ')} of ${source.name} in ${entity.source.table} what ${column.to} of ${entity.target.table} says in words (${labels.join(', ')})?`,
    why: 'Nobody has written down what the codes mean, and in the wrong order every record would say something wrong.',
    required: true,
    choices: [
      {
        text: `I do not know: ${keptIn === 'notes' ? 'the codes are kept in the notes of each record' : 'the codes stay behind'}.`,
        changes: [
          {
            kind: 'put-source',
            entity: entity.name,
            source: source.name,
            into: keptIn,
            reason: 'nobody has said what its codes mean',
          },
        ],
      },
      ...orders.map((list) => ({ text: `Yes: ${said(list)}.`, changes: put(list) })),
    ],
    recommended: 0,
  };
}

export function askAboutHomeless(entity: PlanEntity, columns: readonly string[]): QuestionDraft {
  const list =
    columns.length > 12
      ? `${columns.slice(0, 11).join(', ')} and ${columns.length - 11} more`
      : columns.join(', ');
  return {
    about: { entity: entity.name },
    text: `${entity.target.table} has no column for ${list} of ${entity.source.table}. Do their values stay behind?`,
    why: 'The old database keeps them, but the new system will not have them.',
    required: true,
    choices: [
      { text: 'Yes, they stay behind.', changes: [] },
      {
        text: 'No: I add columns for them to the new table (a jsonb column “metadata” takes them all), and have a new plan made.',
        changes: [],
      },
    ],
    recommended: 0,
  };
}

/** Null where the match is sure. `column`: as the plan has it. */
export function askAboutColumn(
  entity: PlanEntity,
  match: ColumnMatch,
  column: PlanColumn,
  other: PlanColumn | null,
): QuestionDraft | null {
  if (match.score >= SURE_COLUMN && other === null) return null;
  if (!match.target.nullable && other === null) return null; // it must be filled, and nothing else comes near
  const name = entity.name;
  const from = match.suggested.from ?? match.suggested.to;
  const leave = (to: string) => ({
    kind: 'leave-out-column' as const,
    entity: name,
    column: to,
    reason: 'a person said that it does not belong there',
  });
  return {
    about: { entity: name, column: column.to },
    text: `Does ${from} of ${entity.source.table} belong into ${column.to} of ${entity.target.table}?`,
    why: `The match is not sure (${match.score.toFixed(2)} of 1: ${match.reason}).`,
    required: true,
    choices: [
      {
        text: `Yes, into ${column.to}.`,
        changes: [{ kind: 'put-column', entity: name, column }, ...(other ? [leave(other.to)] : [])],
      },
      ...(other
        ? [
            {
              text: `No, into ${other.to}.`,
              changes: [
                { kind: 'put-column' as const, entity: name, column: other },
                ...(match.target.nullable ? [leave(column.to)] : []),
              ],
            },
          ]
        : []),
      ...(match.target.nullable
        ? [{ text: 'No, nowhere: its values stay behind.', changes: [leave(column.to)] }]
        : []),
    ],
    recommended: 0,
  };
}

/** A table of that name cannot take the rows. */
export function askAboutOwnTable(entity: PlanEntity, table: Table, why: string): QuestionDraft {
  return {
    about: { entity: entity.name, table: { schema: table.schema, table: table.name } },
    text: `The new system has a table ${displayName(table)}, but ${why}. Shall the records of ${entity.source.table} get a table of their own, ${entity.target.table}?`,
    why: 'Otherwise that table has to be changed first, and a new plan made.',
    required: true,
    choices: [
      { text: `Yes, make ${entity.target.table} for them.`, changes: [] },
      { text: 'No: I change the table first, and have a new plan made.', changes: [] },
    ],
    recommended: 0,
  };
}

/** Values for a required column that nobody fills, or none that could be meant. */
export function valuesFor(
  column: Column,
  labels: readonly string[],
): readonly { readonly text: string; readonly value: string }[] {
  const option = (value: string, text = `“${value}”`) => ({ text, value });
  if (labels.length > 0) return labels.slice(0, 8).map((label) => option(label));
  const name = column.type.kind === 'domain' ? (column.type.of ?? '') : column.type.name;
  if (/^(text|varchar|bpchar|citext)$/.test(name))
    return [option('unknown'), option('-'), option('', 'An empty text')];
  if (/^(int[248]|numeric|float[48])$/.test(name)) return [option('0'), option('1')];
  if (name === 'bool') return [option('false', 'No (false)'), option('true', 'Yes (true)')];
  if (/^jsonb?$/.test(name)) return [option('{}', 'An empty object'), option('[]', 'An empty list')];
  if (name === 'timestamptz' || name === 'timestamp')
    return [
      option('1970-01-01 00:00:00+00', 'The first of January 1970, which stands for unknown'),
      option('2000-01-01 00:00:00+00', 'The first of January 2000'),
    ];
  if (name === 'date')
    return [
      option('1970-01-01', 'The first of January 1970, which stands for unknown'),
      option('2000-01-01', 'The first of January 2000'),
    ];
  return [];
}
