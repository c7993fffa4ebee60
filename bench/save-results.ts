import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Machine } from './machine.ts';
import type { Outcome } from './measurement.ts';
import type { BenchOptions } from './options.ts';
import { laterRows } from './rows.ts';

const folder = join(import.meta.dirname, 'results');

/** One file a run, named by its moment (UTC) and scale. Returns its path from the repository’s root. */
export function saveResults(result: {
  readonly machine: Machine;
  readonly options: BenchOptions;
  readonly outcomes: readonly Outcome[];
}): string {
  const at = new Date().toISOString();
  const name = `${at.slice(0, 19).replaceAll(':', '')}Z-scale-${result.options.scale}.json`;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, `${JSON.stringify({ at, ...result, notMeasured: laterRows }, null, 2)}\n`);
  return relative(join(import.meta.dirname, '..'), file);
}
