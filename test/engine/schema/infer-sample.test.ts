/** The sample's declared keys are withheld from the search, and found again. */
import { expect, test } from 'vitest';
import { createSample } from '../../../sample/create-sample.ts';
import { defineTemplate, useTestDatabase } from '../../helpers/test-database.ts';
import { measureInferred } from '../../real/measure-inferred.ts';

const sample = useTestDatabase(
  defineTemplate('sample_to_infer', async (url) => {
    await createSample(url, { scale: 0.002 });
  }),
);

test('of the keys nearly all are found again, and hardly any that is none', async () => {
  const { declared, right, wrong } = await measureInferred(sample.url);
  expect(declared).toBeGreaterThan(70);
  expect(right / declared).toBeGreaterThan(0.95);
  expect(wrong.length).toBeLessThanOrEqual(4);
});
