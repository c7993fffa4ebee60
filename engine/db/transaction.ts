/**
 * One transaction: begun, then committed or rolled back whatever happens.
 * A commit whose answer was lost is CONNECTION_LOST with `during: 'commit'`: whether it happened, only the database knows.
 */
import { MigrationError } from '../core/errors.ts';
import type { Session } from './session.ts';

export interface TransactionOptions {
  readonly readOnly?: boolean;
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
}

export async function runTransaction<T>(
  session: Session,
  work: (session: Session) => Promise<T>,
  { readOnly = false, isolation }: TransactionOptions,
): Promise<T> {
  const level = isolation === undefined ? '' : ` isolation level ${isolation}`;
  await session.query(`begin${level}${readOnly ? ' read only' : ''}`);
  let result: T;
  try {
    // a transaction's session belongs to the transaction: the work cannot give it back early
    result = await work(Object.create(session, { release: { value: async () => {} } }) as Session);
  } catch (error) {
    await session.query('rollback').catch(() => undefined);
    throw error;
  }
  await commit(session);
  return result;
}

async function commit(session: Session): Promise<void> {
  let command: string;
  try {
    command = (await session.client.query('commit')).command;
  } catch (error) {
    const explained = session.explain(error);
    if (!(explained instanceof MigrationError)) throw explained;
    const { code, message, hint, retryable, severity, details } = explained;
    throw new MigrationError({
      code,
      message,
      hint,
      retryable,
      severity,
      details: { ...details, during: 'commit' },
      cause: error,
    });
  }
  if (command === 'COMMIT') return;
  throw new MigrationError({
    code: 'TRANSACTION_ABORTED',
    message:
      'The server rolled a transaction back when asked to commit it, because a statement in it had failed.',
    hint: 'Nothing of it was kept. This is a fault in Towpath; please report it.',
  });
}
