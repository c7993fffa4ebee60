/** `towpath preflight`: named checks of both servers, each with what to do where it does not pass. */

import type { PreflightCheck } from '../../engine/contract/preflight-check.ts';
import { countOf } from '../../engine/report/words.ts';
import type { CommandModule, Context } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { loadPlan } from '../plan-in-use.ts';

const marks: Readonly<Record<PreflightCheck['status'], string>> = {
  pass: 'pass   ',
  warn: 'warn   ',
  fail: 'fail   ',
  skipped: 'skipped',
};

export const preflightCommand: CommandModule<Record<string, never>> = {
  configure(command) {
    command.addHelpText('after', '\nChanges nothing on either server. Ends with 3 if a check fails.');
  },
  async run(context) {
    const checks = await preflight(context);
    const failed = checks.filter((check) => check.status === 'fail');
    context.output.result({ status: failed.length === 0 ? 'success' : 'error', checks });
    context.output.say(...checks.flatMap(checkLines));
    context.output.say('', closing(checks));
    return failed.length === 0 ? exitCode.done : exitCode.gateClosed;
  },
};

export async function preflight(context: Context): Promise<PreflightCheck[]> {
  const planNeeds = { code: await planHoldsCode(context) };
  return context.withEngine('both', (engine) => engine.preflight({ planNeeds }), { readOnlyTarget: false });
}

/** Where there is no plan yet, or none that can be read, nobody needs a container so far. */
async function planHoldsCode(context: Context): Promise<boolean> {
  const { hasCode } = await import('../../engine/plan/code-units.ts');
  return loadPlan(context).then(hasCode, () => false);
}

function checkLines({ status, name, message, remedy }: PreflightCheck): string[] {
  const line = `${marks[status]}  ${name}: ${message}`;
  return remedy === null || status === 'pass' ? [line] : [line, `         Do: ${remedy}`];
}

function closing(checks: readonly PreflightCheck[]): string {
  const count = (status: PreflightCheck['status']) =>
    checks.filter((check) => check.status === status).length;
  if (count('fail') > 0)
    return `${countOf(count('fail'), 'check')} failed. Put that right and run “towpath preflight” again.`;
  const warnings = count('warn') > 0 ? `, ${countOf(count('warn'), 'warning')} to read` : '';
  const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped` : '';
  return `${countOf(count('pass'), 'check')} passed${warnings}${skipped}. Next: towpath analyze`;
}
