/**
 * Hostile code, each piece through the same door as a migration's. Each ends with the right rows or a typed failure,
 * within its time; the process that asked is the same afterwards; nothing is left.
 */
import { afterAll, expect, test } from 'vitest';
import { createSandbox } from '../../../../sandbox/index.ts';
import { describeWithDocker, type Ending, tryCode, unitOf, useSandbox } from '../with-docker.ts';
import { watchHost } from './host-watch.ts';
import { language } from './language.ts';
import { modules } from './modules.ts';
import { outerRealm } from './outer-realm.ts';
import { reach } from './reach.ts';
import { results } from './results.ts';
import { type End, moduleOf, type Snippet } from './snippet.ts';
import { steadiness } from './steadiness.ts';
import { timeAndMemory } from './time-and-memory.ts';

/** Where the end may be that of the time; elsewhere a busy machine is given more. */
const SHORT_MILLISECONDS = 800;
const LONG_MILLISECONDS = 15_000;
/** With a start, on a machine that is busy with other tests. */
const MOST_MILLISECONDS = 40_000;

const snippets: readonly Snippet[] = [
  ...reach,
  ...outerRealm,
  ...timeAndMemory,
  ...results,
  ...language,
  ...modules,
  ...steadiness,
];

describeWithDocker('hostile code', () => {
  const long = useSandbox({ limits: { batchMilliseconds: LONG_MILLISECONDS } });
  const short = createSandbox({
    limits: { batchMilliseconds: SHORT_MILLISECONDS, graceMilliseconds: 4000 },
  });
  afterAll(() => short.close()); // runs before that of the other, which counts containers
  const host = watchHost();

  test('there are enough of them', () => expect(snippets.length).toBeGreaterThanOrEqual(60));

  test.each(snippets)('$name', async (snippet) => {
    const ending = await tryCode(
      mayTakeAllTime(snippet) ? short : long,
      unitOf(moduleOf(snippet)),
      snippet.rows ?? [['x']],
    );
    checkEnd(ending, snippet.ends, snippet.rows?.length ?? 1);
    expect(ending.milliseconds).toBeLessThan(MOST_MILLISECONDS);
    host.checkUnchanged();
  });
});

function mayTakeAllTime({ ends }: Snippet): boolean {
  const kinds = 'fails' in ends ? ends.fails : 'any' in ends ? ends.any : [];
  return kinds.includes('timeout');
}

function checkEnd({ outcomes, error }: Ending, ends: End, rows: number): void {
  if ('fails' in ends || ('any' in ends && error !== null)) {
    const kinds = 'fails' in ends ? ends.fails : ends.any;
    expect(error ?? outcomes).toMatchObject({ kind: expect.toBeOneOf([...kinds]) });
    expect(error?.message).toMatch(/^\p{Lu}[^\p{Cc}]*\.$/u);
    expect(error?.hint).toMatch(/^\p{Lu}[^\p{Cc}]*\.$/u);
    return;
  }
  expect(error).toBeNull();
  expect(outcomes).toHaveLength(rows);
  for (const [index, outcome] of (outcomes ?? []).entries()) {
    if ('rejected' in ends)
      expect(outcome).toEqual({
        ok: false,
        message: expect.stringMatching(ends.rejected),
        line: expect.toSatisfy(isLine),
      });
    else if ('cells' in ends) {
      const wanted = ends.cells[index];
      expect(outcome).toEqual({
        ok: true,
        cells: [wanted instanceof RegExp ? expect.stringMatching(wanted) : wanted],
      });
    }
  }
}

const isLine = (line: unknown) => line === null || (Number.isInteger(line) && (line as number) > 0);
