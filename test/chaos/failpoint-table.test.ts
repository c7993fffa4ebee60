/** The chaos draws from a table; it must hold every place that the engine names. */
import { expect, test } from 'vitest';
import { readSourceFiles } from '../house/imports.ts';
import { namedPoints } from './failpoint-table.ts';

test('the table of failpoints is what the code has', () => {
  const files = readSourceFiles(['engine', 'cli']);
  const named = files.flatMap(({ code }) =>
    [...code.matchAll(/\bfailpoints\??\.hit\(\s*'([^']+)'/g)].map(([, name]) => name!),
  );
  const all = files.flatMap(({ code }) => [...code.matchAll(/\bfailpoints\??\.hit\(/g)]);
  expect(all.length, 'a name that is not written out cannot be found here').toBe(named.length);
  expect(namedPoints.map(({ name }) => name).sort()).toEqual([...new Set(named)].sort());
});
