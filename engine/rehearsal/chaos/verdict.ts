/**
 * What a rehearsal under faults proves. It fails where anything did not hold; it holds only where faults struck, rows were compared
 * and a damaged copy was refused. In between, nothing is proven, and it says why.
 */
import type { ChaosReport } from '../../contract/chaos.ts';
import type { Violation } from './closed-links.ts';
import type { Made } from './moves.ts';

export type UnderFaults = Omit<ChaosReport, 'planHash' | 'sample' | 'entities' | 'again'>;

export function proofOf(
  { found, violations: ofMoves }: Made,
  outside: UnderFaults['outside'],
  removed: boolean,
): Pick<UnderFaults, 'status' | 'violations' | 'notProven'> {
  const violations = [
    ...ofMoves,
    ...ofSurroundings(outside),
    ...ofDamage(found.damage),
    ...(removed ? [] : [{ ...AROUND, check: 'not-removed' as const, message: NOT_REMOVED }]),
  ];
  const notProven = whyNotProven(found);
  const status = violations.length > 0 ? 'failed' : notProven.length > 0 ? 'not-proven' : 'passed';
  return { status, violations, notProven };
}

/** Of no move in particular. */
const AROUND = { move: 0, kinds: [], entity: null, rows: null };
const NOT_REMOVED =
  'A scratch schema could not be removed, or the new database could not be asked whether it was; the next rehearsal removes it.';

function whyNotProven({ faults, moves, rows, rowsCompared, damage }: Made['found']): string[] {
  const noticed = damage.some(({ outcome }) => outcome === 'noticed');
  return [
    ...(moves.made === 0 ? ['no move under faults was made'] : []),
    ...(moves.made > 0 && faults.struck === 0 ? ['none of the faults came to its moment'] : []),
    ...(rows.moved + rows.setAside === 0 ? ['the sample has no rows'] : []),
    ...(moves.made > 0 && rows.moved + rows.setAside > 0 && rowsCompared === 0
      ? ['no row could be compared']
      : []),
    ...(noticed ? [] : ['no copy could be damaged on purpose, so it is not shown that the checks can fail']),
  ];
}

function ofSurroundings(outside: UnderFaults['outside']): Violation[] {
  return (['target', 'source'] as const)
    .filter((side) => outside[side] === 'changed')
    .map((side) => ({
      ...AROUND,
      check: 'outside-changed' as const,
      message: `Something beside the scratch schemas is not what it was in the ${side}: ${outside.changes.filter((name) => name.startsWith(`${side}: `)).join(', ')}.`,
    }));
}

function ofDamage(damage: UnderFaults['damage']): Violation[] {
  return damage.flatMap(({ kind, entity, outcome, mended }) => {
    const copy = `A copy that was damaged on purpose (${kind.replaceAll('-', ' ')}, ${entity})`;
    const of = { ...AROUND, entity };
    return [
      ...(outcome === 'missed'
        ? [{ ...of, check: 'damage-not-seen' as const, message: `${copy} was called verified.` }]
        : []),
      ...(mended
        ? []
        : [
            {
              ...of,
              check: 'damage-not-mended' as const,
              message: `${copy} was not called verified once it was put right again.`,
            },
          ]),
    ];
  });
}
