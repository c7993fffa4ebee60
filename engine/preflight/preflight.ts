/**
 * Looks at both servers before anything is moved. Writes nothing: probes run in transactions that are rolled back.
 *
 * Promise: every check of checks.ts answers, whatever is wrong; none throws. A check whose server could not be reached is
 * skipped and says so, since “not looked at” is neither pass nor fail. A check that itself breaks is a warning.
 */

import type { PreflightCheck } from '../contract/preflight-check.ts';
import { MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import { classify } from '../db/sqlstate.ts';
import {
  type Check,
  type PreflightContext,
  type PreflightInput,
  type Side,
  skipped,
  type Verdict,
  warn,
} from './check.ts';
import { checks } from './checks.ts';
import { connectBoth, type Reached } from './connect.ts';
import { readSourceTables, type SourceTable } from './source-tables.ts';

export async function runPreflight(input: PreflightInput): Promise<PreflightCheck[]> {
  const { reached, results } = await connectBoth(input);
  const context = contextOf(input, reached);
  const taken = new Set(results.map(({ name }) => name));
  for (const check of checks) {
    if (taken.has(check.name)) continue;
    results.push({ name: check.name, ...(await answer(check, context, reached)) });
  }
  return results;
}

async function answer(check: Check, context: PreflightContext, reached: Reached): Promise<Verdict> {
  const missing = check.needs.filter((side) => !reached.has(side));
  if (missing.length > 0)
    return skipped(`Not looked at, because the ${missing.join(' and the ')} could not be used.`);
  try {
    return await check.look(context);
  } catch (error) {
    context.log.warn('preflight.check-failed', { check: check.name, code: classify(error).code });
    return broken(error);
  }
}

function broken(error: unknown): Verdict {
  if (error instanceof MigrationError) return warn(`This could not be checked: ${error.message}`, error.hint);
  const { code, name } = classify(error);
  return warn(
    `This could not be checked: the server refused the question (${code}, ${name}).`,
    'Check it by hand, or connect as a user with more rights and run towpath preflight again.',
  );
}

function contextOf(input: PreflightInput, reached: Reached): PreflightContext {
  let tables: Promise<readonly SourceTable[]> | null = null;
  const database = (side: Side): Database => {
    const found = reached.get(side);
    if (!found) throw new Error(`preflight: the ${side} was not reached`);
    return found;
  };
  return {
    ...input,
    database,
    sourceTables: () => {
      tables ??= readSourceTables(database('source'), input.plan ?? null);
      return tables;
    },
  };
}
