/** Words of code quote rows. A model and a masked screen meet none of them. */
import { expect, test } from 'vitest';
import { withoutConsent } from '../../../../engine/journey/journey-engine.ts';
import { createChildRunners } from '../../code/child-runners.ts';
import { openShop, withCode } from '../../code/coded-shop.ts';

const QUOTES = `export default function transform(row: Row): Result {
  if (row.full_name.startsWith('Nobody')) throw new Error('bad name ' + row.full_name + ', ' + row.amount);
  return { first_name: 'x', last_name: row.full_name };
}
`;

test('a row that code refused is told without the words of the code, which only --values shows', async () => {
  const shop = await openShop(createChildRunners());
  const block = {
    code: [{ source: QUOTES, reads: ['full_name', 'amount'], writes: ['first_name', 'last_name'] }],
  };
  const text = { type: 'text', transform: { kind: 'code' as const } };
  const plan = withCode(
    shop.plan,
    [
      { to: 'first_name', ...text },
      { to: 'last_name', ...text },
    ],
    block,
  );
  await shop.migrate(plan, { validate: false });
  const row = { entity: 'people', id: '3' };

  const shown = await shop.engine.explainRow({ ...row, values: 'shown' });
  expect(shown).toMatchObject({ fate: 'set-aside', quarantine: { reason: 'code-rejected' } });
  expect(JSON.stringify(shown.columns)).toContain('bad name Nobody 3, 3,50 EUR');

  const masked = await shop.engine.explainRow({ ...row, values: 'masked' });
  const form = await withoutConsent(shop.engine).explainRow(row);
  expect(JSON.stringify(form)).not.toContain('3,50');
  for (const told of [masked, form]) {
    expect(JSON.stringify(told)).not.toMatch(/bad name|Nobody/);
    const refused = told.columns.filter(({ misfit }) => misfit !== null);
    expect(refused.length).toBeGreaterThan(0);
    for (const { misfit, steps } of refused) {
      expect(misfit!.message).toBe('The code refuses the row: it throws an error of its own.');
      for (const step of steps) expect([null, misfit!.message]).toContain(step.misfit);
    }
  }
});

test('code that fails is told by its code only', async () => {
  let broken = false;
  const runners = createChildRunners({
    beforeBatch: (rows) => {
      if (broken) throw Object.assign(new Error(`stopped at ${rows.flat().join()}`), SECRET);
    },
  });
  const shop = await openShop(runners);
  const plan = withCode(shop.plan, [
    {
      to: 'full_name',
      from: 'full_name',
      type: 'text',
      transform: {
        kind: 'code',
        source: 'export default (row: Row): Result => ({ full_name: row.full_name });\n',
      },
    },
  ]);
  await shop.migrate(plan, { validate: false });
  broken = true;
  const row = { entity: 'people', id: '7' };
  const shown = await shop.engine.explainRow({ ...row, values: 'shown' });
  expect(shown.notKnown.join()).toContain('Last7');
  const form = await withoutConsent(shop.engine).explainRow(row);
  expect(form.notKnown.join()).toMatch(/could not be worked out: CODE_[A-Z]+ \(docs\/recovery\.md#code_/);
  expect(JSON.stringify(form)).not.toContain('Last7');
});

const SECRET = { kind: 'crash', hint: 'Look at it.', rowIndex: null };

test('short values are forms as well: a code of one figure may be a diagnosis', async () => {
  const shop = await openShop(null);
  await shop.migrate(shop.plan, { validate: false });
  for (const id of ['6', '7']) {
    const told = await withoutConsent(shop.engine).explainRow({ entity: 'people', id });
    expect(told.source).toMatchObject({ id, score: '0', active: 'x' });
    const values = told.columns.flatMap(({ column, value, held }) =>
      ['score', 'active'].includes(column) ? [value, held] : [],
    );
    expect(values).toEqual(['0', '0', 'x', 'x']);
  }
});
