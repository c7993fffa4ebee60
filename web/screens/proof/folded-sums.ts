/** Which sums are read at once where there are many: a difference always is. On paper all of them stand. */
import type { MoneyLine } from '../../../server/shapes/proof.ts';
import { isNothing } from './exact.ts';

const MOST = 12;
/** Not worth a click. */
const FEW = 3;

interface FoldedSums {
  readonly first: readonly MoneyLine[];
  /** Equal in the old and the new system. */
  readonly rest: readonly MoneyLine[];
}

export function foldedSums(money: readonly MoneyLine[]): FoldedSums {
  if (money.length <= MOST + FEW) return { first: money, rest: [] };
  const differ = money.filter(({ difference }) => !isNothing(difference));
  const equal = money.filter(({ difference }) => isNothing(difference));
  const room = Math.max(0, MOST - differ.length);
  return { first: [...differ, ...equal.slice(0, room)], rest: equal.slice(room) };
}
