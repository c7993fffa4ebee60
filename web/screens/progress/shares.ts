/**
 * The parts of a whole in percent, as people may rely on them: whole numbers that never say 0 of something or 100 of not
 * everything, and that add up to 100 where no part is too small or too large to be said in a whole number.
 */
export interface Share {
  readonly percent: number;
  /** `under`: less than one percent, but not nothing. `over`: more than 99, but not everything. */
  readonly is: 'exact' | 'under' | 'over';
}

export function sharesOf(parts: readonly number[], whole: number): Share[] {
  if (whole <= 0) return parts.map(() => ({ percent: 0, is: 'exact' }));
  const exact = parts.map((part) => (Math.max(0, part) / whole) * 100);
  const rounded = roundTogether(exact);
  return parts.map((part, index) => {
    if (part > 0 && exact[index]! < 1) return { percent: 1, is: 'under' };
    if (part < whole && exact[index]! > 99) return { percent: 99, is: 'over' };
    return { percent: rounded[index]!, is: 'exact' };
  });
}

/** Largest remainders first, so that the sum is that of the parts. */
function roundTogether(exact: readonly number[]): number[] {
  const floors = exact.map(Math.floor);
  const sum = (of: readonly number[]) => of.reduce((total, one) => total + one, 0);
  let left = Math.round(sum(exact)) - sum(floors);
  const byRemainder = exact.map((value, index) => ({ index, rest: value - floors[index]! }));
  byRemainder.sort((a, b) => b.rest - a.rest);
  for (const { index, rest } of byRemainder) {
    if (left <= 0 || rest === 0) break;
    floors[index] = floors[index]! + 1;
    left -= 1;
  }
  return floors;
}
