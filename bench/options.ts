/** Options of `npm run bench -- …`. */
import { parseArgs } from 'node:util';

/** How a row is named and asked for. */
export interface RowName {
  /** For --only. */
  readonly id: string;
  readonly what: string;
  /** What is asked, in words, from the project’s bar. */
  readonly ask: string;
}

export interface BenchOptions {
  /** Of the sample; 1 is what the bar speaks of. */
  readonly scale: number;
  readonly runs: number;
  /** Rows to run; empty: all. */
  readonly only: readonly string[];
}

export function benchOptions(
  argv: readonly string[],
  rows: readonly RowName[],
): BenchOptions | { readonly help: string; readonly exitCode: number } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        scale: { type: 'string', default: '1' },
        runs: { type: 'string', default: '3' },
        only: { type: 'string', default: '' },
        help: { type: 'boolean', default: false },
      },
    });
    const only = values.only
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean);
    const unknown = only.filter((id) => !rows.some((row) => row.id === id));
    if (values.help) return { help: helpText(rows), exitCode: 0 };
    if (unknown.length > 0) throw new Error(`There is no row ${unknown.join(', ')}.`);
    return {
      scale: between(values.scale, 0.002, 100, '--scale'),
      runs: Math.round(between(values.runs, 1, 50, '--runs')),
      only,
    };
  } catch (error) {
    return { help: `${(error as Error).message}\n\n${helpText(rows)}`, exitCode: 2 };
  }
}

function between(text: string, least: number, most: number, name: string): number {
  const value = Number(text);
  if (value >= least && value <= most) return value;
  throw new Error(`${name} takes a number from ${least} to ${most}.`);
}

function helpText(rows: readonly RowName[]): string {
  return `npm run bench -- [--scale 1] [--runs 3] [--only ${rows[0]!.id},…]

Measures Towpath against its peers on two throwaway servers. Rows:
${rows.map(({ id, what, ask }) => `  ${id.padEnd(12)} ${what} (${ask})`).join('\n')}
`;
}
