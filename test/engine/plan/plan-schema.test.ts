import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { planJsonSchema } from '../../../engine/plan/plan-schema.ts';

test('docs/plan.schema.json is what plan-file.ts says', () => {
  const stored = readFileSync(new URL('../../../docs/plan.schema.json', import.meta.url), 'utf8');
  expect(stored, 'run: node engine/plan/export-plan-schema.ts').toBe(planJsonSchema());
});
