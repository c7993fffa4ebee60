/** What a rehearsal that broke off tells: its own next step, and what is left only where that was seen. */
import { expect, test } from 'vitest';
import { MigrationError } from '../../../engine/core/errors.ts';
import { ofRehearsal } from '../../../engine/rehearsal/rehearsal-errors.ts';

const errorOf = (code: string, hint: string) => new MigrationError({ code, message: 'It happened.', hint });

test('nothing is left only where that was seen', () => {
  const error = errorOf('DISK_FULL', 'Continue with: towpath resume run-1');
  expect(ofRehearsal(error, { cleared: true })).toMatchObject({
    code: 'DISK_FULL',
    hint: 'Nothing of the rehearsal is left in the target. Put the cause right, in the plan or on the servers, then: towpath rehearse',
  });
  const left = ofRehearsal(error, { cleared: false }) as MigrationError;
  expect(left.hint).toContain('may still be in the target; the next rehearsal removes them');
  expect(left.hint).not.toContain('Nothing of the rehearsal');
});

test('who works on the target is still told by the command that watches it', () => {
  const hint = 'Watch it with towpath watch run-1, or stop it with towpath pause run-1.';
  expect(ofRehearsal(errorOf('RUN_IN_PROGRESS', hint), { cleared: true })).toMatchObject({ hint });
});

test('a rehearsal under faults that did not begin tells its own way on, not the command that fails again', () => {
  const error = ofRehearsal(errorOf('CHAOS_NOT_BEGUN', 'Rehearse without --chaos.'), { cleared: true });
  expect((error as MigrationError).hint).toBe(
    'Nothing of the rehearsal is left in the target. Rehearse without --chaos.',
  );
});

test('a person who stopped it is told to begin again', () => {
  const abort = new DOMException('stopped', 'AbortError');
  expect(ofRehearsal(abort, { cleared: true })).toMatchObject({
    code: 'REHEARSAL_STOPPED',
    hint: 'Nothing of the rehearsal is left in the target. Begin again: towpath rehearse',
  });
});
