import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PicturedEntity } from '../../../server/shapes/plan.ts';
import { firstChosen, isNamed, linksOf } from '../../../web/screens/plan/order/links.ts';
import { nextEntity } from '../../../web/screens/plan/order/next-entity.ts';
import { layOut, sizes } from '../../../web/screens/plan/order/picture-layout.ts';

function entity(name: string, level: number, to: readonly string[] = [], rows = 1): PicturedEntity {
  return {
    ...{ name, title: name.toUpperCase(), from: `old_${name}`, to: name, level, rows, financial: false },
    ...{ difficulty: 'easy', columns: 3, unsure: 0, questions: [] },
    references: to.map((other) => ({ entity: other, columns: [`${other}_id`], later: other === 'later' })),
  };
}

const measure = (title: string) => title.length * 9 + 26;

/** Entities of some levels that point at some of those above, at themselves, or in a ring. */
const plans = fc
  .array(fc.record({ level: fc.integer({ min: 1, max: 9 }), to: fc.array(fc.nat(120), { maxLength: 4 }) }), {
    minLength: 1,
    maxLength: 120,
  })
  .map((items) =>
    items.map(({ level, to }, n) =>
      entity(`e${n}`, level, [...new Set(to.map((other) => `e${other % items.length}`))]),
    ),
  );

describe('where everything stands', () => {
  test('each entity once, in the lines of its level, and none over another', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 300, max: 1400 }), (plan, width) => {
        const { levels, height } = layOut(plan, width, measure);
        const placed = levels.flatMap((level) => level.entities.map((one) => ({ ...one, of: level.level })));
        expect(placed.map(({ entity: { name } }) => name).sort()).toEqual(
          plan.map(({ name }) => name).sort(),
        );
        for (const { entity: one, of, x, y } of placed) {
          expect(one.level).toBe(of);
          expect(x).toBeGreaterThanOrEqual(sizes.left);
          expect(y + sizes.node).toBeLessThanOrEqual(height + sizes.betweenLevels);
        }
        for (const [i, a] of placed.entries())
          for (const b of placed.slice(i + 1))
            expect(a.y !== b.y || a.x + a.width < b.x || b.x + b.width < a.x).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('a line ends before the counts of rows, where there is room for one at all', () => {
    const plan = Array.from({ length: 20 }, (_, n) => entity(`entity_${n}`, 1));
    const { levels } = layOut(plan, 900, measure);
    for (const { x, width } of levels[0]!.entities) expect(x + width).toBeLessThanOrEqual(900 - sizes.right);
    expect(new Set(levels[0]!.entities.map(({ y }) => y)).size).toBeGreaterThan(1);
  });
});

describe('arrow keys', () => {
  const picture = layOut(
    [entity('a', 1), entity('b', 1), entity('c', 2, ['a']), entity('d', 3, ['c'])],
    1000,
    measure,
  );

  test('lead sideways along the order and up and down to the nearest', () => {
    const order = picture.levels.flatMap(({ entities }) => entities.map(({ entity: { name } }) => name));
    expect(nextEntity(picture, order[0]!, 'ArrowRight')).toBe(order[1]);
    expect(nextEntity(picture, order[1]!, 'ArrowLeft')).toBe(order[0]);
    expect(nextEntity(picture, order[0]!, 'ArrowDown')).toBe('c');
    expect(nextEntity(picture, 'd', 'ArrowUp')).toBe('c');
    expect(nextEntity(picture, 'c', 'End')).toBe('d');
  });

  test('end at the edge', () => {
    expect(nextEntity(picture, 'd', 'ArrowDown')).toBeNull();
    expect(nextEntity(picture, 'd', 'ArrowRight')).toBeNull();
  });

  test('reach every entity of any plan', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const drawn = layOut(plan, 800, measure);
        const seen = new Set<string>();
        let at = nextEntity(drawn, plan[0]!.name, 'Home');
        while (at !== null) {
          seen.add(at);
          at = nextEntity(drawn, at, 'ArrowRight');
        }
        expect(seen.size).toBe(plan.length);
      }),
      { numRuns: 20 },
    );
  });
});

describe('links', () => {
  const plan = [
    entity('cases', 1, ['later']),
    entity('later', 2, ['cases', 'later']),
    entity('files', 3, ['later']),
  ];

  test('both ways, and to itself apart', () => {
    const links = linksOf(plan, 'later');
    expect(links.needs.map(({ entity: { name } }) => name)).toEqual(['cases']);
    expect(links.neededBy.map(({ entity: { name }, later }) => [name, later])).toEqual([
      ['cases', true],
      ['files', true],
    ]);
    expect(links.itself).toBe(true);
  });

  test('what is not in the plan is no link', () => {
    expect(linksOf([entity('a', 1, ['gone'])], 'a').needs).toEqual([]);
  });
});

test('what waits for an answer is shown first, then the least sure, then the largest', () => {
  const large = entity('large', 1, [], 1_000_000);
  const unsure = { ...entity('unsure', 1), unsure: 1 };
  expect(firstChosen([entity('small', 1), large])).toBe('large');
  expect(firstChosen([large, unsure])).toBe('unsure');
  expect(firstChosen([large, unsure, { ...entity('asked', 1), questions: [3] }])).toBe('asked');
  expect(firstChosen([])).toBeNull();
});

test('a search finds old and new names, whatever the case', () => {
  expect(isNamed(entity('orders', 1), 'OLD ord')).toBe(true);
  expect(isNamed(entity('orders', 1), 'cases')).toBe(false);
});
