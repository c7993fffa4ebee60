import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Dependency, levelsOf } from '../../../engine/plan/levels.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

const graph = fc.uniqueArray(
  fc.record({
    entity: fc.constantFrom(...names),
    column: fc.constantFrom('x_id', 'y_id', 'current_z_id'),
    targets: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }),
    nullable: fc.boolean(),
  }),
  { selector: (item) => `${item.entity}.${item.column}`, maxLength: 20 },
);

function depends(entity: string, column: string, target: string, nullable = true): Dependency {
  return { entity, column, targets: [target], nullable };
}

test('each reference that is not deferred points to a lower level, and levels have no gaps', () => {
  fc.assert(
    fc.property(graph, (dependencies) => {
      const { levels, deferred } = levelsOf(names, dependencies);
      for (const { entity, column, targets } of dependencies) {
        if (deferred.get(entity)?.includes(column)) continue;
        for (const target of targets) expect(levels.get(target)!).toBeLessThan(levels.get(entity)!);
      }
      for (const level of levels.values()) if (level > 1) expect([...levels.values()]).toContain(level - 1);
    }),
  );
});

test('a level is as low as can be: some reference explains it', () => {
  fc.assert(
    fc.property(graph, (dependencies) => {
      const { levels, deferred } = levelsOf(names, dependencies);
      for (const [entity, level] of levels) {
        const parents = dependencies
          .filter((item) => item.entity === entity && !deferred.get(entity)?.includes(item.column))
          .flatMap((item) => item.targets.map((target) => levels.get(target)!));
        expect(level).toBe(1 + Math.max(0, ...parents));
      }
    }),
  );
});

test('the order of the input does not matter', () => {
  fc.assert(
    fc.property(
      graph.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      ),
      ([one, other]) => {
        expect(levelsOf([...names].reverse(), other)).toEqual(levelsOf(names, one));
      },
    ),
  );
});

test('without rings nothing but self-references is deferred', () => {
  const { deferred, rings } = levelsOf(names, [
    depends('b', 'a_id', 'a', false),
    depends('b', 'parent_id', 'b'),
  ]);
  expect([...deferred]).toEqual([['b', ['parent_id']]]);
  expect(rings).toEqual([]);
});

test('a ring is broken at a nullable column, and there at the one that repeats another', () => {
  const ring = [depends('cases', 'current_order_id', 'orders'), depends('orders', 'case_id', 'cases', false)];
  expect(levelsOf(['cases', 'orders'], ring)).toMatchObject({
    rings: [{ entities: ['cases', 'orders'], brokenAt: ['cases.current_order_id'] }],
  });
  const bothNullable = [depends('a', 'b_id', 'b'), depends('b', 'last_a_id', 'a')];
  expect(levelsOf(['a', 'b'], bothNullable).rings[0]!.brokenAt).toEqual(['b.last_a_id']);
});

test('a ring of required references is broken all the same', () => {
  const ring = [
    depends('a', 'b_id', 'b', false),
    depends('b', 'c_id', 'c', false),
    depends('c', 'a_id', 'a', false),
  ];
  const { rings, levels } = levelsOf(['a', 'b', 'c'], ring);
  expect(rings[0]!.brokenAt).toHaveLength(1);
  expect([...levels.values()].sort()).toEqual([1, 2, 3]);
});

test('required references are deferred only where they alone form a ring', () => {
  fc.assert(
    fc.property(graph, (dependencies) => {
      const required = dependencies.filter((item) => !item.nullable);
      const alone = levelsOf(names, required).deferred;
      const { deferred } = levelsOf(names, dependencies);
      for (const { entity, column } of required) {
        if (deferred.get(entity)?.includes(column)) expect(alone.get(entity)).toContain(column);
      }
    }),
  );
});

test('a chain of ten thousand does not overflow the stack', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => `n${String(i).padStart(5, '0')}`);
  const chain = many.slice(1).map((name, i) => depends(name, 'up_id', many[i]!));
  expect(levelsOf(many, chain).levels.get('n09999')).toBe(10_000);
});
