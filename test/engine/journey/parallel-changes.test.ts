/** Changes of the plan that are asked for at once: none is lost, and what each says it did is in the file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { usePlannedJourney } from './use-planned-journey.ts';

const planned = usePlannedJourney(
  `create table goods (id int primary key, name text, price numeric(10,2), size int);
    insert into goods select i, 'good ' || i, i, i from generate_series(1, 20) i`,
);

test('each reads what the one before wrote; one that is refused holds up none', async () => {
  const { journey } = planned.opened;
  const change = (kind: 'rename-column', column: string, to: string) =>
    journey.changePlan({ kind, entity: 'goods', column, to });
  const answers = await Promise.allSettled([
    change('rename-column', 'name', 'title'),
    change('rename-column', 'no_such_column_at_all', 'x'),
    change('rename-column', 'title', 'label'),
    journey.changePlan({ kind: 'set-filter', entity: 'goods', where: 'id > 3' }),
    change('rename-column', 'size', 'extent'),
    journey.createPlan({ keep: true }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
  const text = readFileSync(join(planned.folder, 'towpath.plan.yaml'), 'utf8');
  for (const written of ['to: label', 'to: extent', 'id > 3']) expect(text).toContain(written);
});
