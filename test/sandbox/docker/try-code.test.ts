/** Code tried in real containers: what the harness really says is recognised, and nothing of a row is told. */
import { expect, test } from 'vitest';
import { openShop, SPLIT, withCode } from '../../engine/code/coded-shop.ts';
import { describeWithDocker, ownContainers, useSandbox } from './with-docker.ts';

const code = { kind: 'code' } as const;
const asked = { entity: 'people', column: null, sample: 30, values: 'form' } as const;

describeWithDocker('code is tried', () => {
  const sandbox = useSandbox();
  const runners = { ...sandbox, close: async () => {} };

  test('rows come out or are refused, each twice the same, and the pace of warm code is told', async () => {
    const { plan, engine, made } = await openShop(runners);
    const split = withCode(
      plan,
      [
        { to: 'first_name', type: 'text', transform: code },
        { to: 'last_name', type: 'text', transform: code },
      ],
      {
        code: [{ source: SPLIT, reads: ['full_name'], writes: ['first_name', 'last_name'] }],
        where: 't.id <= 30',
      },
    );
    const trial = await engine.tryCode(split, asked);
    expect(trial).toMatchObject({ outcome: 'rows-refused', setAside: 3, repeatable: true });
    expect(trial.rows[0]!.trouble).toMatchObject({
      line: 3,
      message: expect.stringContaining('an error of its own'),
    });
    expect(trial.rowsPerSecond).toBeGreaterThan(1000);
    expect(JSON.stringify(trial)).not.toMatch(/Nobody|Last\d/);
    expect(await made()).toEqual([]);
  });

  test.each<[string, string, Record<string, unknown>]>([
    [
      'undefined',
      '(undefined as unknown as string)',
      { trouble: { message: expect.stringMatching(/^For made it gives undefined/), column: 'made' } },
    ],
    [
      'a property of null',
      "(JSON.parse('null') as { x: string }).x",
      { trouble: { message: expect.stringMatching(/property of null/), line: 2 } },
    ],
    [
      'a bigint of a text',
      'String(BigInt(row.full_name))',
      { trouble: { message: expect.stringMatching(/bigint of a text/) } },
    ],
    [
      'a date that is none',
      'new Date(row.full_name).toISOString()',
      { trouble: { message: expect.stringMatching(/a moment of a text/) } },
    ],
    [
      'JSON that is none',
      'String(JSON.parse(row.full_name))',
      { trouble: { message: expect.stringMatching(/as JSON that is none/) } },
    ],
  ])('%s is told in words of our own', async (_, expression, row) => {
    const { plan, engine } = await openShop(runners);
    const source = `export default function transform(row: Row): Result {\n  return { made: ${expression} };\n}\n`;
    const trial = await engine.tryCode(
      withCode(plan, [{ to: 'made', type: 'text', transform: { ...code, source, reads: ['full_name'] } }]),
      asked,
    );
    expect(trial.typeErrors).toEqual([]);
    expect(trial.rows[0]).toMatchObject(row);
    expect(JSON.stringify(trial.rows)).not.toMatch(/Nobody|Last\d/);
  });

  test.each([
    ['the clock', 'String(Date.now())', 'not-repeatable', /clock or for chance|gives different|same result/],
    ['no end', '(() => { for (;;) {} })() as unknown as string', 'failed', /come to an end/],
    [
      'more memory than there is',
      "'x'.repeat(1e8) + Array.from({ length: 1e7 }, () => ({})).length",
      'failed',
      /more (values|memory) than|stopped|come to an end/,
    ],
  ])(
    '%s ends typed',
    async (_, expression, outcome, words) => {
      const { plan, engine } = await openShop(runners);
      const source = `export default function transform(row: Row): Result {\n  return { made: ${expression} };\n}\n`;
      const trial = await engine.tryCode(
        withCode(plan, [{ to: 'made', type: 'text', transform: { ...code, source, reads: ['full_name'] } }]),
        { ...asked, sample: 3 },
      );
      expect(trial).toMatchObject({ outcome, failure: { message: expect.stringMatching(words) } });
    },
    120_000,
  );

  test('leaves no container behind but the one that is kept ahead', async () => {
    expect((await ownContainers()).length).toBeLessThanOrEqual(1);
  });
});
