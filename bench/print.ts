import type { Machine } from './machine.ts';
import type { Outcome } from './measurement.ts';
import type { BenchOptions } from './options.ts';
import { laterRows } from './rows.ts';

interface Sink {
  write(text: string): unknown;
}

export function sayTo(sink: Sink): (line: string) => void {
  return (line) => void sink.write(`${line}\n`);
}

export function printOutcomes(
  outcomes: readonly Outcome[],
  machine: Machine,
  { scale, runs }: BenchOptions,
  sink: Sink,
): void {
  const say = sayTo(sink);
  const peers = Object.entries(machine.peers).map(([name, version]) => `${name} ${version ?? '(absent)'}`);
  say(`\n${machine.processor}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, ${machine.system}`);
  say(`Node ${machine.node}, ${machine.server}, ${peers.join(', ')}`);
  say(`Scale ${scale}, medians of ${runs} runs\n`);
  for (const outcome of outcomes) {
    say(`${marks[outcome.status]}  ${outcome.what}`);
    say(`           ${'figure' in outcome ? outcome.figure : outcome.reason}; asked: ${outcome.ask}`);
    if ('notes' in outcome) for (const note of outcome.notes) say(`           ${note}`);
  }
  if (scale !== 1) say('\nThe bar speaks of scale 1: at another scale these figures say nothing about it.');
  say(`\nNot measured, because not built yet: ${laterRows.join('; ')}.\n`);
}

const marks: Readonly<Record<Outcome['status'], string>> = {
  met: 'met     ',
  missed: 'MISSED  ',
  told: 'told    ',
  'not-run': 'not run ',
  failed: 'FAILED  ',
};
