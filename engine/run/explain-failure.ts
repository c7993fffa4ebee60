/**
 * Any error as one that a person can act on: by the kind of trouble it is, where it does not explain itself. Its text may
 * quote a row, so of an error of a server only the code is told, and the table and column it names.
 */
import { MigrationError } from '../core/errors.ts';
import { shownText } from '../core/shown-text.ts';
import type { FaultKind } from '../db/recovery-table.ts';
import { classify } from '../db/sqlstate.ts';

interface Explanation {
  readonly code: string;
  readonly what: string;
  readonly hint: string;
}

const explanations: Readonly<Partial<Record<FaultKind, Explanation>>> = {
  'schema-incompatible': {
    code: 'TABLE_CHANGED',
    what: 'a table is not what the plan means: a column, a type or the table itself is missing or of another kind',
    hint: 'Put the table back as it was, or change the plan.',
  },
  'permission-missing': {
    code: 'PERMISSION_DENIED',
    what: 'the user may not use one of its tables',
    hint: 'Grant it what “towpath preflight” names.',
  },
  deadlock: {
    code: 'DEADLOCK',
    what: 'its transactions kept being undone because of others that work on the same rows',
    hint: 'Let other programs leave the tables alone, or lower --max-concurrency.',
  },
  'lock-wait': {
    code: 'LOCKED',
    what: 'another session held a lock on its table for longer than it was waited for',
    hint: 'Find that session (pg_locks, pg_blocking_pids) and let it end.',
  },
  timeout: {
    code: 'TIMEOUT',
    what: 'a statement took longer than the server allows',
    hint: 'Raise the timeout there, or lower --batch-size.',
  },
  'out-of-resources': {
    code: 'SERVER_OUT_OF_MEMORY',
    what: 'the server had no memory, connections or files left for it',
    hint: 'Lower --max-concurrency or --batch-size, or give the server more.',
  },
  'duplicate-key': rowRefused(),
  'missing-parent': rowRefused(),
  'wrong-length-or-type': rowRefused(),
  'rule-of-target': rowRefused(),
  'refused-by-code': rowRefused(),
};

function rowRefused(): Explanation {
  return {
    code: 'ROW_REFUSED',
    what: 'the target refuses rows in a way that no single row can be named for',
    hint: 'Look which rule or trigger of the table it is, and change the plan or the table.',
  };
}

/** `entity`: what it happened to; without it, the run as a whole. */
export function explainFailure(cause: unknown, entity?: string): MigrationError {
  if (cause instanceof MigrationError) return cause;
  const { code, name, kind } = classify(cause);
  const known = explanations[kind];
  const details = { ...(entity === undefined ? {} : { entity }), cause: code };
  if (known === undefined)
    return new MigrationError({
      code: 'UNEXPECTED',
      message: `The run stopped at an error that Towpath does not know (${code}).`,
      hint: 'The log has its details.',
      details,
      cause,
    });
  const whose = entity === undefined ? 'The run stopped' : `${shownText(entity)} stopped`;
  return new MigrationError({
    code: known.code,
    message: `${whose} because ${known.what} (${code}, ${name.replaceAll('_', ' ')}${placeOf(cause)}).`,
    hint: known.hint,
    details,
    cause,
  });
}

/** Names that the server gives beside its message. */
function placeOf(cause: unknown): string {
  const { table, column, constraint } = cause as Record<string, unknown>;
  const named = [
    ['table', table],
    ['column', column],
    ['constraint', constraint],
  ].flatMap(([word, name]) =>
    typeof name === 'string' && name !== '' ? [`${word} ${shownText(name)}`] : [],
  );
  return named.length === 0 ? '' : `; ${named.join(', ')}`;
}
