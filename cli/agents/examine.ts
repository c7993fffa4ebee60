/** `towpath agents eval`: the guide's exam on a sample of its own, as a table of cases and scorers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allCases } from '../../agents/evals/cases/all-cases.ts';
import type { EvalCase } from '../../agents/evals/eval-case.ts';
import { type CaseResult, passRate, runCases } from '../../agents/evals/run-cases.ts';
import { scorerIds } from '../../agents/evals/scorers.ts';
import type { Models } from '../../agents/model/models.ts';
import { egressFile } from '../../desk/egress-file.ts';
import { openGuide } from '../../desk/open-guide.ts';
import { countOf, formatShare } from '../../engine/report/words.ts';
import type { Context } from '../command.ts';
import { createContext } from '../context.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { surroundingsOf } from '../surroundings.ts';
import { formatTable, plainText } from '../text/table.ts';
import { usageError } from '../usage-error.ts';
import { startEvalDatabases } from './eval-databases.ts';
import { createExamStages } from './exam-stages.ts';

export interface ExamOptions {
  /** Beginnings of the names of cases; undefined: all. */
  readonly cases?: readonly string[];
  /** Undefined: the configured one. */
  readonly model?: string;
  /** The share of cases that must pass. */
  readonly threshold: number;
}

export interface ExamResult {
  readonly voice: string;
  readonly results: readonly CaseResult[];
}

export async function examine(context: Context, options: ExamOptions): Promise<ExitCode> {
  const { output } = context;
  const cases = chosenCases(options.cases ?? null);
  const { voice, results } = await holdExam(context, cases, {
    model: options.model ?? null,
    onCase: (result) => output.say(caseLine(result)),
  });
  const rate = passRate(results);
  const enough = rate >= options.threshold;
  output.result({
    status: enough ? 'success' : 'failed',
    model: voice,
    passRate: rate,
    threshold: options.threshold,
    cases: results,
  });
  const passed = results.filter((result) => result.passed).length;
  output.say(
    '',
    ...formatTable(['case', ...scorerIds], results.map(scoreRow)),
    '',
    `${plainText(voice)}: ${countOf(passed, 'case')} of ${results.length} passed (${formatShare(passed, results.length)}); ${formatShare(options.threshold, 1)} are needed.`,
  );
  return enough ? exitCode.done : exitCode.failed;
}

export interface Exam {
  /** Null: the configured one. */
  readonly model: string | null;
  readonly models?: Models;
  readonly onCase?: (result: CaseResult) => void;
}

/** In a folder and on databases of its own, all gone afterwards; only the record of what was sent stays. */
export async function holdExam(
  context: Context,
  cases: readonly EvalCase[],
  exam: Exam,
): Promise<ExamResult> {
  const databases = await startEvalDatabases();
  const folder = mkdtempSync(join(tmpdir(), 'towpath-exam-'));
  try {
    const own = createContext(
      { ...context.world, cwd: folder, env: await environment(context, exam.model, databases) },
      {},
    );
    const hand = await openGuide(surroundingsOf(own), {
      databases: 'configured',
      scale: null,
      egressFile: egressFile(context),
      ...(exam.models === undefined ? {} : { models: exam.models }),
    });
    try {
      const { advance, standing } = createExamStages(hand.opened);
      const { onCase = () => {} } = exam;
      const results = await runCases({ mastra: hand.mastra, advance, standing, onCase }, cases);
      return { voice: hand.voice.name, results };
    } finally {
      await hand.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    await databases.stop();
  }
}

async function environment(
  context: Context,
  model: string | null,
  { sourceUrl, targetUrl }: { readonly sourceUrl: string; readonly targetUrl: string },
) {
  const given = Object.entries(await context.environment()).filter(
    ([name]) =>
      !/^(SOURCE|TARGET|SUPABASE|TOWPATH_STORAGE)_/.test(name) &&
      !(model === 'offline' && /^OPENAI_/.test(name)),
  );
  return {
    ...Object.fromEntries(given),
    SOURCE_DATABASE_URL: sourceUrl,
    TARGET_DATABASE_URL: targetUrl,
    ...(model === null || model === 'offline' ? {} : { TOWPATH_MODEL: model }),
  };
}

function chosenCases(beginnings: readonly string[] | null): readonly EvalCase[] {
  if (beginnings === null) return allCases;
  for (const beginning of beginnings) {
    if (!allCases.some(({ id }) => id.startsWith(beginning))) {
      throw usageError(
        `No case begins with “${beginning}”.`,
        `There are: ${allCases.map(({ id }) => id).join(', ')}.`,
      );
    }
  }
  return allCases.filter(({ id }) => beginnings.some((beginning) => id.startsWith(beginning)));
}

function caseLine({ id, about, passed, reasons, said }: CaseResult): string {
  const why = reasons.map((reason) => `\n      ${plainText(reason, 200)}`).join('');
  const answer = passed ? '' : `\n      it said: ${plainText(said.replaceAll('\n', ' '), 400)}`;
  return `${passed ? 'ok  ' : 'FAIL'}  ${id}: ${about}${why}${answer}`;
}

function scoreRow({ id, scores }: CaseResult): string[] {
  return [id, ...scorerIds.map((scorer) => scoreWords(scores[scorer] ?? null))];
}

const scoreWords = (score: number | null) => (score === null ? '' : score === 1 ? 'ok' : 'wrong');
