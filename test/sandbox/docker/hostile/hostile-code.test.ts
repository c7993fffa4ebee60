/**
 * Hostile code, each piece through the same door as a migration's. Each ends with the right rows or a typed failure,
 * within its time; the process that asked is the same afterwards; nothing is left.
 */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithDocker, type Ending, tryCode, unitOf, useSandbox } from '../with-docker.ts';
import { reach } from './reach.ts';
import { results } from './results.ts';
import { type End, moduleOf, type Snippet } from './snippet.ts';
import { timeAndMemory } from './time-and-memory.ts';

const BATCH_MILLISECONDS = 1500;
/** With a start and a machine that is busy with other tests. */
const MOST_MILLISECONDS = 15_000;

const snippets: readonly Snippet[] = [...reach, ...timeAndMemory, ...results];

describeWithDocker('hostile code', () => {
  const sandbox = useSandbox({ limits: { batchMilliseconds: BATCH_MILLISECONDS, graceMilliseconds: 4000 } });
  const host = watchHost();

  test('there are enough of them', () => expect(snippets.length).toBeGreaterThanOrEqual(60));

  test.each(snippets)('$name', async (snippet) => {
    const ending = await tryCode(sandbox, unitOf(moduleOf(snippet)), snippet.rows ?? [['x']]);
    checkEnd(ending, snippet.ends, snippet.rows?.length ?? 1);
    expect(ending.milliseconds).toBeLessThan(MOST_MILLISECONDS);
    host.checkUnchanged();
  });
});

function checkEnd({ outcomes, error }: Ending, ends: End, rows: number): void {
  if ('fails' in ends) {
    expect(error ?? outcomes).toMatchObject({ kind: expect.toBeOneOf([...ends.fails]) });
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
    else {
      const wanted = ends.cells[index];
      expect(outcome).toEqual({
        ok: true,
        cells: [wanted instanceof RegExp ? expect.stringMatching(wanted) : wanted],
      });
    }
  }
}

const isLine = (line: unknown) => line === null || (Number.isInteger(line) && (line as number) > 0);

/** What a piece of code could have changed out here. */
function watchHost(): { checkUnchanged(): void } {
  const picture = () => ({
    prototypes: [Object, Array, Function, String, Number, Promise, Date, Error, RegExp].map(({ prototype }) =>
      Reflect.ownKeys(prototype).map(String).join(),
    ),
    globals: Object.getOwnPropertyNames(globalThis).join(),
    environment: { ...process.env },
    folder: process.cwd(),
    files: ['/tmp/x', '/tmp/towpath-was-here', '/towpath-was-here'].filter((path) => existsSync(path)),
  });
  const before = picture();
  let visits = 0;
  const server = createServer((socket) => {
    visits++;
    socket.destroy();
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return {
    checkUnchanged() {
      expect(picture()).toEqual(before);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      expect(visits).toBe(0);
    },
  };
}
