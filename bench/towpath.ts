/** Towpath as its users start it: the command line, in a process of its own. */
import { join } from 'node:path';
import { type CommandRun, runCommand } from './run-command.ts';
import type { Workplace } from './workplace.ts';

const cli = join(import.meta.dirname, '..', 'cli', 'towpath.js');

export interface TowpathPlace {
  readonly source: string;
  readonly target: string;
  /** Name of the plan, and of its file. */
  readonly plan: string;
}

/** Some rows of the sample are set aside, which exit code 5 says; that is a run that did its work. */
const PARTIAL = 5;

export function towpath(workplace: Workplace, place: TowpathPlace, ...args: string[]): Promise<CommandRun> {
  return runCommand(process.execPath, [cli, ...args, '--plan', planFile(workplace, place), '--json'], {
    cwd: workplace.folder,
    env: { SOURCE_DATABASE_URL: place.source, TARGET_DATABASE_URL: place.target },
    allowed: [0, PARTIAL],
  });
}

export function towpathHelp(workplace: Workplace): Promise<CommandRun> {
  return runCommand(process.execPath, [cli, '--help'], { cwd: workplace.folder, env: {} });
}

/** Analyses the source and writes the plan; not part of what is measured. */
export async function makePlan(workplace: Workplace, place: TowpathPlace): Promise<void> {
  const catalog = join(workplace.folder, `${place.plan}.catalog.json`);
  await towpath(
    workplace,
    place,
    'plan',
    '--name',
    place.plan,
    '--schema',
    'public',
    '--catalog',
    catalog,
    '--force',
  );
  await towpath(workplace, place, 'map', 'answer', '--all-recommended', '--catalog', catalog);
}

export interface Migration extends CommandRun {
  /** The run itself, without starting the process and closing it. */
  readonly runMilliseconds: number;
}

/**
 * `migrate`, approved on the spot: `all`, a group, or entities separated by commas. The share of rows that may be set
 * aside is not what is measured. Throws where rows are neither in the target nor set aside: fast and wrong is not fast.
 */
export async function migrate(
  workplace: Workplace,
  place: TowpathPlace,
  what: string,
  rows: number | null,
  ...options: string[]
): Promise<Migration> {
  const approved = ['--yes', '--as', 'bench', '--max-failure-rate', '0.5'];
  const run = await towpath(workplace, place, 'migrate', '--entities', what, ...approved, ...options);
  const { results, execution } = JSON.parse(run.stdout) as {
    results: { successful: number; failed: number };
    execution: { durationMs: number };
  };
  const accounted = results.successful + results.failed;
  if (rows !== null && accounted !== rows) {
    throw new Error(`Towpath accounts for ${accounted} of ${rows} rows.`);
  }
  return { ...run, runMilliseconds: execution.durationMs };
}

function planFile({ folder }: Workplace, { plan }: TowpathPlace): string {
  return join(folder, `${plan}.yaml`);
}
