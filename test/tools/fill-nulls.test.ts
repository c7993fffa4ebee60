import { expect, test } from 'vitest';
import { z } from 'zod';
import { fillNulls } from '../../tools/fill-nulls.ts';

const schema = z.strictObject({
  name: z.string(),
  note: z.string().nullable(),
  parts: z.array(z.strictObject({ size: z.number().nullable() })).nullable(),
});

test('what is left out is null where null is allowed, at any depth, and stays missing elsewhere', () => {
  expect(fillNulls(schema, { name: 'a', parts: [{}, { size: 1 }] })).toEqual({
    name: 'a',
    note: null,
    parts: [{ size: null }, { size: 1 }],
  });
  expect(fillNulls(schema, {})).toEqual({ note: null, parts: null });
});

test('what does not fit is left for the schema to refuse', () => {
  for (const wrong of ['text', null, 7, [1]]) expect(fillNulls(schema, wrong)).toEqual(wrong);
  expect(fillNulls(schema, { name: 1, parts: 'x', more: true })).toEqual({
    name: 1,
    note: null,
    parts: 'x',
    more: true,
  });
});
