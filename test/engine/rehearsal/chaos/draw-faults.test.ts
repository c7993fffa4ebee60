/** What a seed draws. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultKinds } from '../../../../engine/contract/chaos.ts';
import { drawFaults } from '../../../../engine/rehearsal/chaos/draw-faults.ts';

const passings = new Map([
  ['batch.begun', 12],
  ['batch.before-commit', 12],
  ['batch.after-commit', 12],
  ['table.created', 4],
  ['run.loaded', 1],
]);

test('the same seed draws the same faults, another one others', () => {
  expect(drawFaults(7, 40, passings)).toEqual(drawFaults(7, 40, new Map([...passings].reverse())));
  expect(drawFaults(7, 40, passings)).not.toEqual(drawFaults(8, 40, passings));
});

test('as many as were asked for, each kind about as often, at places that the move comes past', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.integer({ min: 1, max: 60 }), (seed, faults) => {
      const moves = drawFaults(seed, faults, passings);
      const all = moves.flat();
      expect(all).toHaveLength(faults);
      expect(Math.max(...moves.map((ofMove) => ofMove.length))).toBeLessThanOrEqual(4);
      for (const kind of faultKinds) {
        const often = all.filter((fault) => fault.kind === kind).length;
        expect(often).toBeGreaterThanOrEqual(Math.floor(faults / faultKinds.length));
        expect(often).toBeLessThanOrEqual(Math.ceil(faults / faultKinds.length));
      }
      for (const { place, passing, kind } of all) {
        expect(passing).toBeGreaterThanOrEqual(1);
        expect(passing).toBeLessThanOrEqual(passings.get(place)!);
        if (kind === 'failed-batch') expect(place).toMatch(/^batch\.(begun|before-commit)$/);
        if (kind === 'failed-step') expect(place).not.toMatch(/^batch/);
      }
    }),
  );
});
