import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { createClock } from '../../../engine/core/clock.ts';
import { createFailpoints } from '../../../engine/core/failpoints.ts';

const module = new URL('../../../engine/core/failpoints.ts', import.meta.url).href;

test('without a specification nothing happens', () => {
  const { hit } = createFailpoints(undefined);
  expect(hit('batch.before-commit')).toBeUndefined();
  expect(createFailpoints('').hit('x')).toBeUndefined();
});

test('an error comes at the named hit, once', () => {
  const { hit } = createFailpoints('batch.before-commit:3=error');
  for (const n of [1, 2, 3, 4]) {
    const attempt = () => hit('batch.before-commit');
    if (n === 3) expect(attempt).toThrowError(expect.objectContaining({ code: 'FAILPOINT' }));
    else expect(attempt()).toBeUndefined();
    expect(hit('batch.begun')).toBeUndefined();
  }
});

test('an error may carry a code, and several points may be set', () => {
  const { hit } = createFailpoints('a=error:40001, b:2=error');
  expect(() => hit('a')).toThrowError(expect.objectContaining({ code: '40001' }));
  hit('b');
  expect(() => hit('b')).toThrow();
});

test('what fires is told first', () => {
  const told: unknown[] = [];
  const { hit } = createFailpoints('a:2=error', { fired: (point) => told.push(point) });
  hit('a');
  expect(told).toEqual([]);
  expect(() => hit('a')).toThrow();
  expect(told).toEqual([{ name: 'a', hit: 2, action: 'error' }]);
});

test('a pause is waited for', async () => {
  const paused = createFailpoints('a=pause:5').hit('a');
  expect(paused).toBeInstanceOf(Promise);
  await paused;
});

test('kill ends the process as kill -9 does', async () => {
  const script = `import { createFailpoints } from ${JSON.stringify(module)};
    const points = createFailpoints('here:2=kill');
    await points.hit('here'); console.log('first'); await points.hit('here'); console.log('second');`;
  const result = await new Promise<{ signal: unknown; out: string }>((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], (error, out) =>
      resolve({ signal: error?.signal, out }),
    );
  });
  expect(result).toEqual({ signal: 'SIGKILL', out: 'first\n' });
});

test('kill may be meant for another process, which may have ended already', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const ended = once(other, 'exit');
  const points = createFailpoints(`here=kill:${other.pid},there=kill:${other.pid}`);
  points.hit('here');
  expect(await ended).toEqual([null, 'SIGKILL']);
  points.hit('there');
});

test('the clock is turned, forward or back', () => {
  let ahead = 0;
  const clock = createClock(() => ahead);
  const turnClock = (milliseconds: number) => {
    ahead += milliseconds;
  };
  const { hit } = createFailpoints('a=clock:-90000,a:2=clock:3600000', { turnClock });
  const [before, duration] = [clock.now().getTime(), clock.monotonic()];
  hit('a');
  expect(clock.now().getTime()).toBeLessThan(before - 60_000);
  hit('a');
  expect(clock.now().getTime()).toBeGreaterThan(before + 3_000_000);
  expect(clock.monotonic()).toBeGreaterThanOrEqual(duration);
});

test.each([
  'nonsense',
  'a=explode',
  'a:x=kill',
  'a=pause',
  'a=pause:soon',
  'a=clock',
  'a=clock:later',
  'a=error:-1',
])('%s cannot be read', (spec) => {
  expect(() => createFailpoints(spec)).toThrowError(expect.objectContaining({ code: 'INVALID_FAILPOINT' }));
});
