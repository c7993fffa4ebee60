/**
 * COPY … TO STDOUT as an async sequence of chunks of its data.
 *
 * Promise: chunks follow each other without gap and have no row boundaries; the session can run its next statement when
 * the sequence has ended – also when the consumer stopped early: the rest of the data is then read and dropped.
 * Relies on the session doing nothing else meanwhile.
 * Bought and put back: pg-copy-streams makes a buffer object a row on the way out, which was a quarter of the load's
 * processor time and most of its garbage (measured, 4.5 M rows). Here the five bytes of each message are squeezed out of
 * the socket's own buffer. Protocol: PostgreSQL documentation, “Message Formats”, and “Frontend/Backend: COPY Operations”.
 */
import type { Readable } from 'node:stream';
import type pg from 'pg';
import type { Session } from './database.ts';

const COPY_DATA = 0x64; // d
const COPY_DONE = 0x63; // c
const ERROR = 0x45; // E
const HEADER_BYTES = 5;

/** Streams the data of a `copy … to stdout` statement. Rejects with the server's error, or when the connection is lost. */
export async function* copyOut(session: Session, sql: string): AsyncGenerator<Buffer, void, undefined> {
  const query = new CopyOutQuery(sql);
  session.client.query(query as unknown as pg.Submittable);
  const next = () =>
    query.next().catch((error: unknown) => {
      throw session.explain(error);
    });
  try {
    for (let chunk = await next(); chunk !== null; chunk = await next()) yield chunk;
  } finally {
    while (!query.ended) await query.next().catch(() => null);
  }
}

/** What pg expects of a query that it hands its connection to. */
class CopyOutQuery {
  ended = false;
  private readonly text: string;
  private stream: Readable | null = null;
  private pgListener: ((chunk: Buffer) => void) | null = null;
  private readonly copyListener = (chunk: Buffer) => this.receive(chunk);
  /** Bytes of a message header that a chunk ended in the middle of. */
  private header = Buffer.alloc(0);
  /** Bytes of the message in hand that are still to come, and whether they are data. */
  private remaining = 0;
  private inData = false;
  private readonly chunks: Buffer[] = [];
  private failure: Error | null = null;
  private finished = false;
  private wake: (() => void) | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** The next chunk, or null at the end. */
  async next(): Promise<Buffer | null> {
    for (;;) {
      const chunk = this.chunks.shift();
      if (chunk) return chunk;
      if (this.failure) {
        this.ended = true;
        throw this.failure;
      }
      if (this.finished) {
        this.ended = true;
        return null;
      }
      if (this.pgListener !== null) this.stream?.resume();
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  submit(connection: { stream: Readable; query(text: string): void }): void {
    this.stream = connection.stream;
    const [listener] = connection.stream.listeners('data') as ((chunk: Buffer) => void)[];
    this.pgListener = listener!;
    connection.stream.off('data', this.pgListener);
    connection.stream.on('data', this.copyListener);
    connection.query(this.text);
  }

  handleError(error: Error): void {
    this.giveBack(null);
    this.failure ??= error;
    this.signal();
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.finished = true;
    this.signal();
  }

  private receive(chunk: Buffer): void {
    const rest = this.squeeze(chunk);
    if (rest !== null) this.giveBack(rest);
    else if (this.chunks.length > 0) this.stream?.pause();
    this.signal();
  }

  /** Moves the data in a chunk together; returns what lies behind the data, from the message that ended it. */
  private squeeze(received: Buffer): Buffer | null {
    const chunk = this.header.length > 0 ? Buffer.concat([this.header, received]) : received;
    if (this.header.length > 0) this.header = Buffer.alloc(0);
    const size = chunk.length;
    let read = 0;
    let written = 0;
    let rest: Buffer | null = null;
    while (read < size) {
      if (this.remaining > 0) {
        const end = Math.min(size, read + this.remaining);
        this.remaining -= end - read;
        if (this.inData) {
          if (read !== written) move(chunk, written, read, end);
          written += end - read;
        }
        read = end;
        continue;
      }
      if (size - read < HEADER_BYTES) {
        this.header = Buffer.from(chunk.subarray(read));
        break;
      }
      const code = chunk[read]!;
      if (code === COPY_DONE || code === ERROR) {
        rest = Buffer.from(chunk.subarray(read));
        break;
      }
      this.inData = code === COPY_DATA;
      this.remaining = chunk.readInt32BE(read + 1) - 4;
      read += HEADER_BYTES;
    }
    if (written > 0) this.chunks.push(chunk.subarray(0, written));
    return rest;
  }

  /** Lets pg read its connection again, beginning with these bytes. */
  private giveBack(rest: Buffer | null): void {
    const { stream, pgListener } = this;
    if (!stream || !pgListener) return;
    this.pgListener = null;
    stream.off('data', this.copyListener);
    stream.on('data', pgListener);
    if (rest) pgListener(rest);
    stream.resume();
  }

  private signal(): void {
    const { wake } = this;
    this.wake = null;
    wake?.();
  }
}

/** Short rows by loop, longer ones by memmove: a call costs about as much as 40 bytes. */
function move(bytes: Buffer, to: number, from: number, end: number): void {
  if (end - from > 40) {
    bytes.copyWithin(to, from, end);
    return;
  }
  for (let i = from, j = to; i < end; i++, j++) bytes[j] = bytes[i]!;
}
