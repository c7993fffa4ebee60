/** How a measurement is told. Times in milliseconds. */

export type Outcome = Measured | NotMeasured;

export interface Measured {
  readonly id: string;
  readonly what: string;
  readonly ask: string;
  readonly status: 'met' | 'missed' | 'told';
  /** The figure that the ask speaks of, with its unit, for example `1.82 ×`. */
  readonly figure: string;
  readonly value: number;
  readonly limit: number | null;
  /** All runs of each side, in order. */
  readonly samples: Readonly<Record<string, readonly number[]>>;
  readonly notes: readonly string[];
}

export interface NotMeasured {
  readonly id: string;
  readonly what: string;
  readonly ask: string;
  readonly status: 'not-run' | 'failed';
  readonly reason: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** `limit` null: no ask, only told. */
export function verdict(value: number, limit: number | null): Measured['status'] {
  if (limit === null) return 'told';
  return value <= limit ? 'met' : 'missed';
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

export function ratioOf(ours: readonly number[], peer: readonly number[]): { value: number; figure: string } {
  const value = median(ours) / median(peer);
  return { value, figure: `${value.toFixed(2)} × (${seconds(median(ours))} to ${seconds(median(peer))})` };
}
