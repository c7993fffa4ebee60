/** COPY … TO STDOUT as an async sequence of chunks. */
import { to } from 'pg-copy-streams';
import type { Session } from './database.ts';

const CHUNK_BYTES = 1 << 18;

/**
 * Streams the bytes of a `copy … to stdout` statement. Chunks have no row boundaries.
 * Ends early when the consumer stops: the connection is then of no further use and must be destroyed by its owner.
 */
export async function* copyOut(session: Session, sql: string): AsyncGenerator<Buffer, void, undefined> {
  const stream = session.client.query(to(sql, { highWaterMark: CHUNK_BYTES }));
  for await (const chunk of stream) yield chunk as Buffer;
}
