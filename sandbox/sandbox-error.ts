/** The typed failures of the sandbox, each with a sentence that says what happened and one that says what to do. */

export type SandboxErrorKind =
  // Docker
  | 'docker-missing'
  | 'docker-denied'
  | 'docker-lost'
  | 'docker-error'
  | 'image-missing'
  | 'image-unusable'
  // the code
  | 'code'
  | 'not-repeatable'
  | 'timeout'
  | 'heap'
  | 'oom'
  | 'input-limit'
  | 'output-limit'
  // what runs the code
  | 'protocol'
  | 'crash'
  | 'stopped'
  | 'closed';

export interface SandboxErrorFacts {
  /** Counts from 0 in the batch that was handed in; null: the whole batch, or not known. */
  readonly rowIndex?: number | null;
  /** Counts from 1 in the code. */
  readonly line?: number | null;
  /** Instead of the kind's usual next step. */
  readonly hint?: string;
  /** For logs: exit codes, what Docker said. Holds nothing of the rows. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

export class SandboxError extends Error {
  readonly kind: SandboxErrorKind;
  readonly hint: string;
  readonly rowIndex: number | null;
  readonly line: number | null;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(kind: SandboxErrorKind, message: string, facts: SandboxErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'SandboxError';
    this.kind = kind;
    this.hint = facts.hint ?? usualHints[kind];
    this.rowIndex = facts.rowIndex ?? null;
    this.line = facts.line ?? null;
    this.details = facts.details ?? {};
  }
}

/** Where Docker comes from; one place, because several sentences say it. */
export const howToGetDocker =
  'Install Docker Engine (on Debian and Ubuntu: apt-get install docker.io) or Docker Desktop, start it, and run “towpath sandbox doctor”.';

const usualHints: Readonly<Record<SandboxErrorKind, string>> = {
  'docker-missing': howToGetDocker,
  'docker-denied':
    'Let this user use Docker (on Linux: add it to the group docker and log in again), then run “towpath sandbox doctor”.',
  'docker-lost':
    'See that Docker runs (towpath sandbox doctor), then go on: what was not answered is sent again.',
  'docker-error': 'Run “towpath sandbox doctor”: it says what Docker can and cannot do here.',
  'image-missing':
    'Let this machine pull node:24-alpine once, or name an image that is there with TOWPATH_SANDBOX_IMAGE.',
  'image-unusable':
    'Name an image with Node 24.8 or newer at /usr/local/bin/node with TOWPATH_SANDBOX_IMAGE.',
  code: 'Mend the code and try it again.',
  'not-repeatable': 'Take the moment, or whatever else it needs, from a column of the row.',
  timeout: 'Look for a loop without an end, or an expensive pattern, in the code.',
  heap: 'Look for a list or text in the code that grows from row to row.',
  oom: 'Look for a list, buffer or text in the code that grows from row to row.',
  'input-limit':
    'Leave the row out of the code’s reach (a filter in the plan), or do not read its largest column.',
  'output-limit': 'Let the code return less for one row.',
  protocol: 'Do not trust this code: it tried to speak for the sandbox. Read it before anything else.',
  crash: 'Try again; if it ends the same way, read the code: it may be built to break the sandbox.',
  stopped: 'Try again. Somebody, or something, stopped the container from outside.',
  closed: 'Open the code again.',
};
