import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeApi } from '../../../server/routes/api.ts';

test('docs/openapi.json is what the routes say', () => {
  const stored = readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8');
  expect(stored, 'run: node server/export-openapi.ts').toBe(describeApi());
});
