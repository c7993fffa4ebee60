/**
 * What a person decides about columns of tables that are there: values where nobody fills them, codes without a label, and matches
 * that are not sure.
 */
import type { PlanColumn, PlanEntity } from '../../plan/plan-file.ts';
import type { QuestionDraft } from '../../plan/questions.ts';
import type { Column } from '../../schema/catalog.ts';
import { count } from '../questions/words.ts';
import type { ColumnMatch } from './match-columns.ts';
import type { RequiredOption } from './required-columns.ts';

/** Columns are sure above this, or where nothing else comes near. */
const SURE_COLUMN = 0.7;

/** `options`: values that could stand there, the plan's own first. */
export function askAboutRequired(
  entity: PlanEntity,
  column: PlanColumn,
  options: readonly RequiredOption[],
): QuestionDraft {
  return {
    about: { entity: entity.name, column: column.to },
    text: `${entity.target.table} requires ${column.to} (${column.type}), which the old system does not have. What shall stand there for old records?`,
    why: 'Without a value no record of this kind can be added.',
    required: true,
    choices: options.map(({ text, value, byHand }) => ({
      text,
      ...(byHand ? { waitsFor: 'value' as const } : {}),
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

export interface UnknownValues {
  readonly values: readonly string[];
  /** Those of them that may be told: question texts go to language models too. */
  readonly shown: readonly string[];
}

/** Values of a code that none of the labels fits. */
export function askAboutLabels(
  entity: PlanEntity,
  column: PlanColumn,
  { values: unknown, shown }: UnknownValues,
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
  const told = shown.slice(0, 8);
  const more = unknown.length - told.length;
  const codes = [
    ...told,
    ...(more > 0
      ? [count(more, told.length > 0 ? 'more' : 'value', told.length > 0 ? 'more' : 'values')]
      : []),
  ].join(', ');
  return {
    about: { entity: entity.name, column: column.to },
    text: `${column.to} of ${entity.target.table} may be ${labels.slice(0, 12).join(', ')}. What become the old values that are none of these: ${codes}?`,
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

/** Null where the match is sure. `column`: as the plan has it. */
export function askAboutColumn(
  entity: PlanEntity,
  match: ColumnMatch,
  column: PlanColumn,
  other: PlanColumn | null,
): QuestionDraft | null {
  const { doubt } = match.fit;
  if (match.score >= SURE_COLUMN && other === null && !doubt) return null;
  if (!match.target.nullable && other === null && !doubt) return null; // it must be filled, and nothing else comes near
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
    why: doubt?.why ?? `The match is not sure (${match.score.toFixed(2)} of 1: ${match.reason}).`,
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
      ...(doubt?.others ?? []).map(({ text, transform }) => ({
        text,
        changes: [{ kind: 'put-column' as const, entity: name, column: { ...column, transform } }],
      })),
      match.target.nullable
        ? { text: 'No, nowhere: its values stay behind.', changes: [leave(column.to)] }
        : {
            text: 'No: I write into the plan what shall stand there.',
            changes: [{ kind: 'put-column' as const, entity: name, column }],
            waitsFor: 'value' as const,
          },
    ],
    recommended: 0,
  };
}
