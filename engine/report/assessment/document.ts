/** The assessment as headings, sentences, lists and tables: every format shows these, so all of them say the same. */
import { countOf, formatBytes, formatCount, joinWords, spanWords } from '../words.ts';
import type { Assessment, Grade } from './assessment.ts';

export interface AssessmentDocument {
  readonly title: string;
  readonly sentence: string;
  readonly tone: 'pass' | 'warn' | 'fail';
  readonly sections: readonly Section[];
}

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

const TONES: Readonly<Record<Grade, AssessmentDocument['tone']>> = {
  easy: 'pass',
  moderate: 'warn',
  hard: 'fail',
};
const MOST_NAMES = 12;
const MOST_TABLES = 400;

export function documentOf(assessment: Assessment): AssessmentDocument {
  const sections = [
    whySection(assessment),
    sizeSection(assessment),
    decisionSection(assessment),
    notCarriedSection(assessment),
    leftOutSection(assessment),
    personalSection(assessment),
    columnSection(assessment),
    linkSection(assessment),
    tableSection(assessment),
    unknownSection(assessment),
  ];
  return {
    title: `Assessment of ${assessment.database}`,
    sentence: sentenceOf(assessment),
    tone: TONES[assessment.grade],
    sections: sections.filter(({ blocks }) => blocks.length > 0),
  };
}

const GRADE_WORDS: Readonly<Record<Grade, string>> = {
  easy: 'easy to move',
  moderate: 'moderately hard to move',
  hard: 'hard to move',
};

/** One sentence for somebody who reads nothing else. */
export function sentenceOf({ database, grade, size, decisions }: Assessment): string {
  if (size.tables === 0) return `${database} holds no table that could move.`;
  const asked = decisions.filter(({ required }) => required).length;
  const questions =
    asked === 0
      ? 'nothing needs to be decided first'
      : `${countOf(asked, 'question')} ${asked === 1 ? 'needs' : 'need'} an answer first`;
  return `${database} is ${GRADE_WORDS[grade]}: ${countOf(size.tables, 'table')} with about ${countOf(size.rows, 'row')}; ${questions}.`;
}

function whySection({ reasons, grade }: Assessment): Section {
  const title = grade === 'easy' ? 'Worth knowing' : `Why it is ${GRADE_WORDS[grade]}`;
  return { title, blocks: list(reasons.map((reason) => `${reason}.`)) };
}

function sizeSection({ size }: Assessment): Section {
  const rows = [
    ['Tables and columns that move', `${formatCount(size.tables)} and ${formatCount(size.columns)}`],
    ['Rows', formatCount(size.rows)],
    ['Size in the old database', formatBytes(size.bytes)],
    ['Time for the move itself', spanWords(size.seconds)],
    ['Room in the new database', `about ${formatBytes(size.targetBytes)}`],
    ['Write-ahead log while it runs', `about ${formatBytes(size.walBytes)}`],
  ];
  return {
    title: 'How much, how long',
    blocks: [
      { kind: 'table', head: ['What', 'Estimate'], rows, figures: [] },
      {
        kind: 'text',
        text: 'Reckoned from sizes alone, for an ordinary machine. The rehearsal measures and says it better.',
      },
    ],
  };
}

function decisionSection({ decisions }: Assessment): Section {
  if (decisions.length === 0) return { title: 'What needs a decision', blocks: [] };
  return {
    title: 'What needs a decision',
    blocks: [
      {
        kind: 'table',
        head: ['Question', 'Why it is asked', 'Recommended', 'Must be answered'],
        rows: decisions.map(({ text, why, recommended, required }) => [
          text,
          why,
          recommended,
          required ? 'yes' : 'no',
        ]),
        figures: [],
      },
    ],
  };
}

function notCarriedSection({ notCarried }: Assessment): Section {
  if (notCarried.length === 0) return { title: 'What does not move by itself', blocks: [] };
  return {
    title: 'What does not move by itself',
    blocks: [
      {
        kind: 'table',
        head: ['What', 'How many', 'Instead', 'Which'],
        rows: notCarried.map(({ kind, count, fate, alternative, names }) => [
          kind.replaceAll('-', ' '),
          formatCount(count),
          fate === 'replaced'
            ? `The new system has something in its place: ${alternative}`
            : sentence(alternative),
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
        text: `${countOf(personal.length, 'column')} in ${countOf(tables.length, 'table')} look personal, by their names and the look of their values. A column that shows neither is missed.`,
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
          sentence(what),
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
          sentence(reason),
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

function unknownSection({ unknown }: Assessment): Section {
  return { title: 'What could not be found out', blocks: list(unknown.map((line) => `${line}.`)) };
}

function list(items: readonly string[]): Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items: items.map(sentence) }];
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function cut(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return joinWords(names);
  return `${names.slice(0, MOST_NAMES).join(', ')} and ${formatCount(names.length - MOST_NAMES)} more`;
}
