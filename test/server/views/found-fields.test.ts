import { expect, test } from 'vitest';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { foundFields } from '../../../server/shapes/plan.ts';
import { foundFieldsOf } from '../../../server/views/found-fields.ts';

const column = (to: string, from?: string, transform: object = { kind: 'copy' }) => ({
  ...{ to, transform, type: 'text', nullable: true, confidence: 1, reason: '' },
  ...(from === undefined ? {} : { from }),
});

const plan = {
  entities: [
    {
      name: 'case_files',
      columns: [
        column('id', undefined, { kind: 'uuid' }),
        column('sent_on', 'dt_Sent'),
        column('metadata', undefined, { kind: 'metadata', columns: ['old_flag'] }),
      ],
      leftOut: [{ column: 'sent_cache', reason: 'empty' }],
    },
    { name: 'wide', columns: Array.from({ length: 30 }, (_, n) => column(`field_${n}`)), leftOut: [] },
  ],
} as unknown as PlanFile;

const find = (words: string) => {
  const { data } = foundFields.parse(foundFieldsOf(plan, words));
  return data.fields.map(({ entity, to, from, stays }) => [entity, to, from, stays]);
};

test('by the old name and by the new one, and what stays behind is found too', () => {
  expect(find('SENT')).toEqual([
    ['case_files', 'sent_on', 'dt_Sent', 'field'],
    ['case_files', null, 'sent_cache', 'behind'],
  ]);
  expect(find('sent on')).toEqual([['case_files', 'sent_on', 'dt_Sent', 'field']]);
  expect(find('flag')).toEqual([['case_files', 'metadata', 'old_flag', 'notes']]);
  expect(find('nothing like it')).toEqual([]);
});

test('all are counted, the first are shown', () => {
  const { data } = foundFieldsOf(plan, 'field');
  expect([data.total, data.fields.length]).toEqual([30, 20]);
});
