/**
 * What a run came to, in words, as a document and as an exit code:
 * completed and nothing differs → 0 · gate closed because of rows set aside → 5, for another reason → 3 ·
 * differences, or something that could not be compared → 3 ·
 * paused → 130, or 4 where a person has to approve more · failed or cancelled → 1.
 */

import type { RunResult } from '../../engine/contract/run.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import {
  countOf,
  duplicateCount,
  entityWords,
  formatCount,
  formatDuration,
} from '../../engine/report/words.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-codes.ts';
import { errorResult } from '../json/error-result.ts';
import { runDocument } from '../json/run-result.ts';
import { errorLines } from '../report-error.ts';
import { validationLines } from '../text/validation-lines.ts';

export function concludeRun(context: Context, result: RunResult): ExitCode {
  const problem = problemOf(context, result);
  const code = codeOf(result);
  const paused = result.state === 'paused';
  const status = paused ? 'paused' : problem === null ? 'success' : 'error';
  context.output.result({
    ...runDocument(result, status),
    ...(problem === null ? {} : withoutStatus(errorResult(problem))),
  });
  context.output.say(...summaryLines(result));
  if (result.validation !== null) context.output.say(...validationLines(result.validation));
  if (paused && problem === null) {
    context.output.warn(`Paused. Continue with: ${context.again(`resume ${result.runId}`)}`);
  } else if (problem !== null) {
    context.output.warn(...errorLines(problem, context.verbose));
  } else if (!result.dryRun) {
    context.output.say(`Next: ${context.again(`report ${result.runId}`)}`);
  }
  return code;
}

export function codeOf(result: RunResult): ExitCode {
  if (result.gate.status === 'closed') {
    const onlyRowsSetAside = result.gate.findings.every((finding) => finding.check === 'failure-rate');
    return onlyRowsSetAside ? exitCode.partial : exitCode.gateClosed;
  }
  if (result.state === 'paused') return result.error ? exitCodeOf(result.error.code) : exitCode.interrupted;
  if (result.error !== null || result.state === 'failed' || result.state === 'cancelled')
    return exitCode.failed;
  const compared = result.validation?.overallStatus ?? 'verified';
  return compared === 'verified' ? exitCode.done : exitCode.gateClosed;
}

function problemOf(context: Context, result: RunResult): MigrationError | null {
  const { runId, gate, error } = result;
  if (gate.status === 'closed') {
    const findings = gate.findings.map(({ entity, check, message }) => ({ entity, check, message }));
    return new MigrationError({
      code: 'GATE_CLOSED',
      message: error?.message ?? `The gate after level ${gate.level} did not open.`,
      hint:
        error?.hint ??
        `Look at the rows with “${context.again('quarantine list')}”. None is lost: all are still in the source.`,
      details: { runId, level: gate.level, findings },
    });
  }
  if (error !== null) return new MigrationError({ ...error, details: { runId } });
  if (result.state === 'cancelled') {
    return new MigrationError({
      code: 'CANCELLED',
      message: 'The run was cancelled.',
      hint: `What it moved stays. To remove it: ${context.again(`rollback ${runId} --preview`)}`,
      details: { runId },
    });
  }
  if (result.validation?.overallStatus === 'differences') {
    return new MigrationError({
      code: 'VALIDATION_FAILED',
      message: `${countOf(result.validation.issues.filter((issue) => issue.severity !== 'minor').length, 'difference')} found between the old and the new system.`,
      hint: `All rows that were moved stay in the target; comparing changed nothing. Read the differences with “${context.again(`report ${runId} --detailed`)}” before anybody uses the new system.`,
      details: { runId },
    });
  }
  if (result.validation?.overallStatus === 'incomplete') {
    return new MigrationError({
      code: 'VALIDATION_INCOMPLETE',
      message: 'All rows were moved, but not everything could be compared.',
      hint: `All rows that were moved are in the target; comparing changed nothing. Put right what stands above, then: ${context.again(`validate all ${runId}`)}`,
      details: { runId },
    });
  }
  return null;
}

function withoutStatus({ status, entity, ...rest }: ReturnType<typeof errorResult>) {
  return rest;
}

function summaryLines(result: RunResult): string[] {
  const sum = (pick: (entity: RunResult['entities'][number]) => number) =>
    result.entities.reduce((total, entity) => total + pick(entity), 0);
  const again = result.entities.filter((entity) => entity.outcome === 'ALREADY_MIGRATED');
  if (result.entities.length > 0 && again.length === result.entities.length) {
    return [
      `ALREADY_MIGRATED: all ${countOf(again.length, 'entity')} had been moved before; nothing was moved now.`,
    ];
  }
  const what = result.dryRun ? 'would move (dry run, nothing was written)' : 'moved';
  const lines = [
    '',
    `${countOf(
      sum((e) => e.written),
      'row',
    )} ${what} in ${formatDuration(result.milliseconds)}: ${formatCount(sum((e) => e.repaired))} with a noted repair, ${formatCount(sum((e) => e.quarantined))} set aside, ${formatCount(sum((e) => e.excluded))} left out by the plan${duplicateCount(sum((e) => e.duplicates ?? 0))}.`,
  ];
  if (again.length > 0) lines.push(`${countOf(again.length, 'entity')} had been moved before.`);
  for (const entity of result.entities.filter(({ outcome }) => outcome === 'FAILED')) {
    lines.push(`${entityWords(entity.entity)} failed: ${entity.error?.message ?? 'see the log'}`);
  }
  return lines;
}
