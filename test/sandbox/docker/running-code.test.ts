/** The thin thread and its widenings: what code gets, what it may give back, and in which order. */
import { expect, test } from 'vitest';
import { createSandbox, SandboxError } from '../../../sandbox/index.ts';
import { describeWithDocker, tryCode, unitOf, useSandbox } from './with-docker.ts';

describeWithDocker('running code', () => {
  const sandbox = useSandbox();

  test('rows go in and come out in order, each with its own outcome', async () => {
    const source = `export default function transform(row: { a: string }) {
      if (row.a === '3') throw new RangeError('three is not wanted');
      return { b: row.a + '!' };
    }`;
    const runner = await sandbox.open(unitOf(source));
    const rows = Array.from({ length: 5 }, (_, index) => [String(index)]);
    expect(await runner.run(rows)).toEqual([
      { ok: true, cells: ['0!'] },
      { ok: true, cells: ['1!'] },
      { ok: true, cells: ['2!'] },
      { ok: false, message: 'RangeError: three is not wanted', line: 2 },
      { ok: true, cells: ['4!'] },
    ]);
    expect(await runner.run([])).toEqual([]);
    await runner.close();
  });

  test('columns are seen as their form says, nulls as null', async () => {
    const reads = ['s', 'n', 'i', 't', 'j', '__proto__'];
    const source = `export default (row) => ({ b: reads.map((name) => {
      const value = Object.entries(row).find(([key]) => key === name)[1];
      return typeof value + ' ' + (typeof value === 'object' ? JSON.stringify(value) : String(value));
    }).join(', ') });
    const reads = ${JSON.stringify(reads)};`;
    const readAs = ['string', 'number', 'bigint', 'boolean', 'json', 'string'] as const;
    const { outcomes } = await tryCode(sandbox, unitOf(source, { reads, readAs }), [
      ['1.10', '1.5', '9007199254740993', 't', '{"x":[1]}', 'p'],
      ['', 'NaN', '-1', 'f', '"text"', ''],
      [null, null, null, null, null, null],
      ['', '', 'x', '', '{', ''],
    ]);
    expect(outcomes).toEqual([
      {
        ok: true,
        cells: ['string 1.10, number 1.5, bigint 9007199254740993, boolean true, object {"x":[1]}, string p'],
      },
      { ok: true, cells: ['string , number NaN, bigint -1, boolean false, string text, string '] },
      { ok: true, cells: [Array.from({ length: 6 }, () => 'object null').join(', ')] },
      { ok: false, message: expect.stringMatching(/SyntaxError/), line: null },
    ]);
  });

  test('what the code returns becomes text as the form of the column says', async () => {
    const values = [
      'true',
      '1.5',
      '-0',
      '10n ** 20n',
      'new Date(0)',
      "{ x: [1, 'é'] }",
      '[1, null]',
      "'te\\txt'",
      'null',
    ];
    const source = `export default (row) => { const v = [${values.join(', ')}][Number(row.a)]; return { b: v, c: v, d: v }; };`;
    const unit = unitOf(source, { writes: ['b', 'c', 'd'], writeAs: ['text', 'boolean', 'json'] });
    const { outcomes } = await tryCode(
      sandbox,
      unit,
      values.map((_, index) => [String(index)]),
    );
    const cells = outcomes?.map((outcome) => (outcome.ok ? outcome.cells : outcome.message));
    expect(cells).toEqual([
      ['true', 't', 'true'],
      ['1.5', '1.5', '1.5'],
      ['0', '0', '0'],
      ['100000000000000000000', '100000000000000000000', '"100000000000000000000"'],
      ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z', '"1970-01-01T00:00:00.000Z"'],
      ['{"x":[1,"é"]}', '{"x":[1,"é"]}', '{"x":[1,"é"]}'],
      ['[1,null]', '[1,null]', '[1,null]'],
      ['te\txt', 'te\txt', '"te\\txt"'],
      [null, null, null],
    ]);
  });

  test('every text survives the way there and back', async () => {
    const texts = [
      '',
      ' ',
      '\\N',
      '"',
      '\\',
      '\u0001\u001f',
      '\u2028',
      'é',
      '𝄞',
      '\\u0000',
      '\\ud800',
      'x'.repeat(70_000),
    ];
    const { outcomes } = await tryCode(
      sandbox,
      unitOf('export default (row) => ({ b: row.a });'),
      texts.map((text) => [text]),
    );
    expect(outcomes).toEqual(texts.map((text) => ({ ok: true, cells: [text] })));
  });

  test('the context is given, frozen, and a named export will do', async () => {
    const source = `export function transform(row, context) { try { context.entity = 'x'; } catch {} return { b: context.entity + typeof context.none }; }`;
    const { outcomes } = await tryCode(sandbox, unitOf(source, { context: { entity: 'people' } }), [['1']]);
    expect(outcomes).toEqual([{ ok: true, cells: ['peopleundefined'] }]);
  });

  test('columns may be called anything', async () => {
    const names = [
      ...[
        'a\u2028b',
        '"]: 1 }); for (;;); //',
        '${'.concat('x}'),
        '`',
        '\\',
        '\\u0022',
        '\ud800',
        '__proto__',
      ],
      ...['constructor', 'toString', '1', '', '\u202e', '\0', 'then', 'x'.repeat(1000)],
    ];
    const source = `export default (row) => {
      const result = Object.create(null);
      for (const name of Object.keys(row)) Object.defineProperty(result, name, { value: row[name], enumerable: true });
      return result;
    }`;
    const context = Object.fromEntries(names.map((name) => [name, name]));
    const values = names.map((_, index) => `v${index}`);
    const { outcomes } = await tryCode(sandbox, { source, reads: names, writes: names, context }, [values]);
    expect(outcomes).toEqual([{ ok: true, cells: values }]);
  });

  test('many batches at once keep their order, and larger ones are cut without anybody noticing', async () => {
    const runner = await sandbox.open(unitOf('export default (row) => ({ b: row.a.slice(0, 9) });'));
    const batch = (b: number) =>
      Array.from({ length: 300 }, (_, i) => [`${b}-${i} `.padEnd(9) + 'y'.repeat(10_000)]);
    const answers = await Promise.all([0, 1, 2, 3, 4].map((b) => runner.run(batch(b))));
    for (const [b, outcomes] of answers.entries())
      expect(outcomes.map((o) => o.ok && o.cells[0])).toEqual(batch(b).map(([text]) => text?.slice(0, 9)));
    await runner.close();
  });

  test('a row that is too long is told with its number; the runner goes on', async () => {
    const runner = await sandbox.open(unitOf('export default (row) => ({ b: row.a.length });'));
    const long = runner.run([['a'], ['x'.repeat(100_000_000)]]);
    await expect(long).rejects.toMatchObject({ kind: 'input-limit', rowIndex: 1 });
    expect(await runner.run([['abc']])).toEqual([{ ok: true, cells: ['3'] }]);
    await runner.close();
  });

  test('code is loaded or told why not, with its line', async () => {
    const wrong: [string, RegExp, number | null][] = [
      ['export default (row) => ({ b: 1 }', /./, 1],
      ['\n\nenum A { X }\nexport default () => ({ b: A.X });', /enum/, 3],
      [
        "import fs from 'node:fs';\nexport default () => ({ b: 1 });",
        /must not import anything: "node:fs"/,
        null,
      ],
      ["export { a } from './x.ts';", /must not import/, null],
      ['const x = await 1;\nexport default () => ({ b: x });', /await/, null],
      ['const a = 1;', /no default export/, null],
      ['export default 5;', /no default export/, null],
      ['let transform;\nexport default transform;', /no default export/, null],
      ["export const x = 1;\nthrow new Error('at load');\nexport default () => ({ b: 1 });", /at load/, 2],
      [`export default ${'['.repeat(100_000)}${']'.repeat(100_000)};`, /nested too deeply/, null],
      [`export default () => ({ b: 1 });${' '.repeat(300_000)}`, /longer?|characters/, null],
    ];
    for (const [source, message, line] of wrong) {
      const { error } = await tryCode(sandbox, unitOf(source), [['x']]);
      expect({ source: source.slice(0, 40), kind: error?.kind, line: error?.line }).toEqual({
        source: source.slice(0, 40),
        kind: 'code',
        line,
      });
      expect(error?.message).toMatch(message);
    }
  });

  test('a runner that failed stays failed, and opening again is quick', async () => {
    const source = 'export default (row) => { while (row.a === "loop"); return { b: row.a }; };';
    const limited = createSandbox({ limits: { batchMilliseconds: 500 } });
    const runner = await limited.open(unitOf(source));
    const [first, second] = await Promise.allSettled([runner.run([['a'], ['loop']]), runner.run([['b']])]);
    expect(first).toMatchObject({ status: 'rejected', reason: { kind: 'timeout', rowIndex: 1 } });
    expect(second).toMatchObject({ status: 'rejected', reason: { kind: 'timeout', rowIndex: null } });
    await expect(runner.run([['b']])).rejects.toBeInstanceOf(SandboxError);
    const again = await limited.open(unitOf(source));
    expect(await again.run([['b']])).toEqual([{ ok: true, cells: ['b'] }]);
    await limited.close();
    await expect(again.run([['b']])).rejects.toMatchObject({ kind: 'closed' });
    await expect(limited.open(unitOf(source))).rejects.toMatchObject({ kind: 'closed' });
  });
});
