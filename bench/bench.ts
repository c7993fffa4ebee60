/**
 * `npm run bench`: how Towpath compares with verbatim copying, on this machine, in this very run.
 *
 * Promises: peers and Towpath work on the same servers and take turns, a checkpoint before each; what is printed are
 * medians and their ratios; what could not run is named with what to install. Nothing in `npm test` depends on it.
 */

import { describeMachine } from './machine.ts';
import type { Outcome } from './measurement.ts';
import { benchOptions } from './options.ts';
import { printOutcomes, sayTo } from './print.ts';
import { missingPrograms } from './programs.ts';
import type { Row } from './row.ts';
import { rows } from './rows.ts';
import { saveResults } from './save-results.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

const say = sayTo(process.stderr);

async function main(argv: readonly string[]): Promise<number> {
  const options = benchOptions(argv, rows);
  if ('help' in options) {
    process.stdout.write(options.help);
    return options.exitCode;
  }
  const chosen = rows.filter(({ id }) => options.only.length === 0 || options.only.includes(id));
  const workplace = await openWorkplace(options, say);
  try {
    const outcomes: Outcome[] = [];
    for (const row of chosen) outcomes.push(...(await runRow(row, workplace)));
    const machine = describeMachine(workplace);
    printOutcomes(outcomes, machine, options, process.stdout);
    say(`Written to ${saveResults({ machine, options, outcomes })}`);
    return outcomes.some(({ status }) => status === 'failed') ? 1 : 0;
  } finally {
    await workplace.close();
  }
}

async function runRow(row: Row, workplace: Workplace): Promise<Outcome[]> {
  const missing = missingPrograms(row.needs, workplace.programs);
  if (missing !== null)
    return [{ id: row.id, what: row.what, ask: row.ask, status: 'not-run', reason: missing }];
  say(`${row.id}: ${row.what}`);
  try {
    return await row.measure(workplace);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ id: row.id, what: row.what, ask: row.ask, status: 'failed', reason }];
  }
}

process.exitCode = await main(process.argv.slice(2));
