/** What was found, as sections of the document: what stays, what is personal, what columns and tables are like. */
import { countOf, formatBytes, formatCount, joinWords } from '../words.ts';
import type { Assessment } from './assessment.ts';

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** Places of columns of figures. */
      readonly figures: readonly number[];
    };

const MOST_NAMES = 12;
const MOST_TABLES = 400;

export function sectionsOfFound(assessment: Assessment): Section[] {
  return [
    notCarriedSection(assessment),
    leftOutSection(assessment),
    personalSection(assessment),
    columnSection(assessment),
    linkSection(assessment),
    tableSection(assessment),
  ];
}

/** Where the plain word would say too much or too little. */
const KIND_WORDS: Readonly<Partial<Record<Assessment['notCarried'][number]['kind'], string>>> = {
  'foreign-key': 'rule for a link whose parent changes or goes',
  'column-default': 'default of a column',
  'generated-column': 'computation of a column',
};

function notCarriedSection({ notCarried }: Assessment): Section {
  if (notCarried.length === 0) return { title: 'What does not move by itself', blocks: [] };
  return {
    title: 'What does not move by itself',
    blocks: [
      {
        kind: 'table',
        head: ['What', 'How many', 'Instead', 'Which'],
        rows: notCarried.map(({ kind, count, fate, alternative, names }) => [
          KIND_WORDS[kind] ?? kind.replaceAll('-', ' '),
          formatCount(count),
          fate === 'replaced'
            ? `The new system has something in its place: ${alternative}`
            : sentenceCase(alternative),
          cut(names),
        ]),
        figures: [1],
      },
    ],
  };
}

/** Views and parts of tables hold no rows of their own; they stand among what does not move by itself. */
function leftOutSection({ leftOut: all }: Assessment): Section {
  const leftOut = all.filter(({ kind }) => !['view', 'materialized-view', 'partition'].includes(kind));
  if (leftOut.length === 0) return { title: 'Tables that stay behind', blocks: [] };
  return {
    title: 'Tables that stay behind',
    blocks: [
      {
        kind: 'table',
        head: ['Table', 'Rows', 'Belongs to', 'Why'],
        rows: leftOut.map(({ table, rows, framework, reason }) => [
          table,
          rows === null ? '–' : formatCount(rows),
          framework ?? '–',
          reason,
        ]),
        figures: [1],
      },
    ],
  };
}

function personalSection({ personal }: Assessment): Section {
  const tables = [...Map.groupBy(personal, ({ table }) => table)];
  if (tables.length === 0) return { title: 'Personal data', blocks: [] };
  const likely = (confidence: number) =>
    confidence >= 0.9 ? '' : confidence >= 0.8 ? ' (likely)' : ' (perhaps)';
  return {
    title: 'Personal data',
    blocks: [
      {
        kind: 'text',
        text: `${countOf(personal.length, 'column')} in ${countOf(tables.length, 'table')} ${personal.length === 1 ? 'looks' : 'look'} personal, by their names and the look of their values. A column that shows neither is missed.`,
      },
      {
        kind: 'table',
        head: ['Table', 'Columns'],
        rows: tables.map(([table, columns]) => [
          table,
          columns
            .map(
              ({ column, kind, confidence }) => `${column}: ${kind.replace('-', ' ')}${likely(confidence)}`,
            )
            .join(', '),
        ]),
        figures: [],
      },
    ],
  };
}

function columnSection({ columns }: Assessment): Section {
  if (columns.length === 0) return { title: 'Columns worth knowing', blocks: [] };
  const groups = [
    ...Map.groupBy(columns, ({ what, whole }) => `${what}${whole ? '' : ', in the rows looked at'}`),
  ];
  groups.sort(([, a], [, b]) => b.length - a.length);
  return {
    title: 'Columns worth knowing',
    blocks: [
      {
        kind: 'table',
        head: ['What they hold', 'How many', 'Which'],
        rows: groups.map(([what, items]) => [
          sentenceCase(what),
          formatCount(items.length),
          cut(items.map(({ table, column }) => `${table}.${column}`)),
        ]),
        figures: [1],
      },
    ],
  };
}

function linkSection({ guessedLinks }: Assessment): Section {
  if (guessedLinks.length === 0) return { title: 'Links that no rule declares', blocks: [] };
  const sorted = [...guessedLinks].sort((a, b) => a.confidence - b.confidence);
  return {
    title: 'Links that no rule declares',
    blocks: [
      {
        kind: 'table',
        head: ['Column', 'Points at', 'How sure', 'Why'],
        rows: sorted.map(({ table, column, to, confidence, reason }) => [
          `${table}.${column}`,
          to.length === 0 ? 'not known yet' : cut(to),
          `${Math.round(confidence * 100)} %`,
          sentenceCase(reason),
        ]),
        figures: [2],
      },
    ],
  };
}

function tableSection({ tables }: Assessment): Section {
  const shown = tables.slice(0, MOST_TABLES);
  const rest = tables.length - shown.length;
  if (shown.length === 0) return { title: 'Table by table', blocks: [] };
  return {
    title: 'Table by table',
    blocks: [
      {
        kind: 'table',
        head: ['Table', 'Rows', 'Size', 'Columns', 'How hard', 'Why'],
        rows: shown.map(({ table, rows, bytes, columns, grade, reasons }) => [
          table,
          rows === null ? 'not counted' : formatCount(rows),
          formatBytes(bytes),
          formatCount(columns),
          grade,
          reasons.join('; '),
        ]),
        figures: [1, 2, 3],
      },
      ...(rest > 0
        ? [
            {
              kind: 'text' as const,
              text: `${formatCount(rest)} more stand in the JSON form of this report.`,
            },
          ]
        : []),
    ],
  };
}

export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function cut(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return joinWords(names);
  return `${names.slice(0, MOST_NAMES).join(', ')} and ${formatCount(names.length - MOST_NAMES)} more`;
}
