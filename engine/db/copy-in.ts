/** COPY … FROM STDIN with back-pressure: a write resolves when its bytes have left for the server. */
import { once } from 'node:events';
import { from } from 'pg-copy-streams';
import type { Session } from './database.ts';

export interface CopyIn {
  write(bytes: Buffer): Promise<void>;
  /** Ends the data; resolves with the number of rows the server took, or rejects with its error. */
  end(): Promise<number>;
  /** Tells the server to drop what it got; never rejects. */
  abort(reason: string): Promise<void>;
}

/** Starts a `copy … from stdin` statement. Any server error rejects the next `write` or `end`. */
export function copyIn(session: Session, sql: string): CopyIn {
  const stream = session.client.query(from(sql, { highWaterMark: 1 << 18 }));
  let failure: Error | null = null;
  stream.on('error', (error: Error) => {
    failure ??= error;
  });
  const closed = new Promise<void>((resolve) => stream.once('close', () => resolve()));
  /** Of several errors the first tells what happened; what follows it is the stream that misses its connection. */
  async function first(work: () => Promise<void>): Promise<void> {
    if (failure) throw failure;
    try {
      await work();
    } catch (error) {
      throw failure ?? error;
    }
    if (failure) throw failure;
  }
  return {
    write: (bytes) =>
      first(
        () =>
          new Promise<void>((resolve, reject) => {
            const onError = (error: Error) => reject(error);
            stream.once('error', onError);
            stream.write(bytes, (error?: Error | null) => {
              stream.off('error', onError);
              if (error) reject(error);
              else resolve();
            });
          }),
      ),
    async end() {
      await first(async () => {
        const finished = once(stream, 'finish');
        stream.end();
        await finished;
      });
      return stream.rowCount;
    },
    async abort(reason) {
      if (stream.destroyed || failure) return;
      stream.destroy(new Error(reason));
      await closed;
    },
  };
}

/**
 * One `copy … from stdin` around some work: ended behind it, and dropped where it fails. Without that the session would wait
 * for the rest of the data, and every later statement, a rollback too, behind it.
 */
export async function fillByCopy<T>(
  session: Session,
  sql: string,
  work: (write: CopyIn['write']) => Promise<T>,
): Promise<T> {
  const sink = copyIn(session, sql);
  try {
    const value = await work(sink.write);
    await sink.end();
    return value;
  } catch (error) {
    await sink.abort('what fills it failed');
    throw error;
  }
}
