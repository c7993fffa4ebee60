/**
 * Why a container ended. The order matters: an exit code of 137 alone says nothing about who killed it.
 */

import type { Limits } from '../limits.ts';
import { SandboxError } from '../sandbox-error.ts';

export interface Ending {
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly stderr: string;
}

/** What node ends with where V8 gave up: as process 1, and elsewhere. */
const ABORTED = [139, 134, 133, 132];
const KILLED = 137;
/** What the harness says before it ends for want of a host. */
const heardNothing = /towpath: idle/;
const lastWords =
  /heap out of memory|Reached heap limit|allocation failed|Invalid (array|string) length allocation|OOM/i;

export function judgeEnding(ending: Ending, limits: Limits): SandboxError {
  const { exitCode, oomKilled, stderr } = ending;
  const details = { exitCode, oomKilled, stderr: printable(stderr).slice(-400) };
  if (oomKilled)
    return new SandboxError('oom', `The code used more than ${limits.memoryMegabytes} MB of memory.`, {
      details,
    });
  if (heardNothing.test(stderr))
    return new SandboxError('stopped', 'The sandbox ended because it had heard nothing for a while.', {
      details,
    });
  if (ABORTED.includes(exitCode) && lastWords.test(stderr))
    return new SandboxError('heap', `The code kept more than ${limits.heapMegabytes} MB of values.`, {
      details,
    });
  if (exitCode === KILLED)
    return new SandboxError(
      'stopped',
      'The sandbox was stopped from outside, or used more memory than it may have.',
      { details },
    );
  return new SandboxError('crash', `The sandbox ended by itself, with exit code ${exitCode}.`, { details });
}

function printable(text: string): string {
  return text.replace(/(?:\p{Cc}|\p{Bidi_Control}|\p{Zl}|\p{Zp})+/gu, ' ');
}
