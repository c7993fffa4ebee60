/** The assessment as headings, sentences, lists and tables: every format shows these, so all of them say the same. */
import { countOf, formatBytes, formatCount, spanWords } from '../words.ts';
import type { Assessment, Grade } from './assessment.ts';
import { type Block, type Section, sectionsOfFound, sentenceCase } from './found-sections.ts';

export interface AssessmentDocument {
  readonly title: string;
  readonly sentence: string;
  readonly tone: 'pass' | 'warn' | 'fail';
  readonly sections: readonly Section[];
}

const TONES: Readonly<Record<Grade, AssessmentDocument['tone']>> = {
  easy: 'pass',
  moderate: 'warn',
  hard: 'fail',
};

export function documentOf(assessment: Assessment): AssessmentDocument {
  const sections = [
    whySection(assessment),
    sizeSection(assessment),
    decisionSection(assessment),
    ...sectionsOfFound(assessment),
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

function unknownSection({ unknown }: Assessment): Section {
  return { title: 'What could not be found out', blocks: list(unknown.map((line) => `${line}.`)) };
}

function list(items: readonly string[]): Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items: items.map(sentenceCase) }];
}
