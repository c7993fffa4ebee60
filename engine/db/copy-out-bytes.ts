/**
 * COPY … TO STDOUT straight from the socket.
 *
 * The server sends one message a row. pg-copy-streams makes a Buffer of each, collects them and joins them again: about
 * 1 µs a row, half of what comparing a row costs. Here the five bytes of frame are squeezed out of the socket's own
 * chunk in place, so a chunk of 64 KiB costs one pass and no object.
 * Promise: back-pressure (at most `QUEUED` chunks wait); errors of the server and lost connections reject; messages that
 * are not the copy's own go to pg's parser unchanged. Relies on pg reading its socket by one `data` listener.
 * Protocol: PostgreSQL documentation, “Message Formats”: type byte, int32 length that counts itself, content.
 */
import type { Socket } from 'node:net';
import type pg from 'pg';
import type { Session } from './database.ts';

const QUEUED = 4;
const COPY_DATA = 0x64;
const COPY_DONE = 0x63;
const COPY_OUT_RESPONSE = 0x48;
/** Notice, parameter status, notification: they may come in between and are pg's business, but rare and of no use here. */
const INTERSPERSED = new Set([0x4e, 0x53, 0x41]);

/**
 * Streams the bytes of a `copy … to stdout` statement. Chunks have no row boundaries and are the consumer's to keep.
 * When the consumer stops early, the connection is closed: there is no other way out of a COPY.
 */
export async function* copyOutBytes(session: Session, sql: string): AsyncGenerator<Buffer, void, undefined> {
  const query = new CopyOutQuery(sql);
  session.client.query(query as unknown as pg.Submittable);
  try {
    for (let chunk = await query.next(); chunk !== null; chunk = await query.next()) yield chunk;
  } finally {
    query.abandon();
  }
}

type DataListener = (chunk: Buffer) => void;

/** A query as pg's client runs them: told of the connection, of errors, and of the end. */
class CopyOutQuery {
  readonly text: string;
  private socket: Socket | null = null;
  private pgListener: DataListener | null = null;
  private readonly queue: Buffer[] = [];
  private wake: (() => void) | null = null;
  private ended = false;
  private failure: Error | null = null;
  /** Bytes of a message's head that came at the end of a chunk. */
  private readonly head = Buffer.alloc(5);
  private headBytes = 0;
  /** Bytes of the message in hand that are still to come. */
  private remaining = 0;
  private isData = false;
  private readonly onData: DataListener = (chunk) => this.receive(chunk);

  constructor(text: string) {
    this.text = text;
  }

  /** The next chunk, or null behind the last one. */
  async next(): Promise<Buffer | null> {
    for (;;) {
      const chunk = this.queue.shift();
      if (chunk !== undefined) {
        if (this.queue.length < QUEUED / 2 && this.pgListener !== null) this.socket!.resume();
        return chunk;
      }
      if (this.failure !== null) throw this.failure;
      if (this.ended) return null;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  /** Nobody reads on: the conversation cannot be picked up again, so it ends here, and what waits behind it fails. */
  abandon(): void {
    this.queue.length = 0;
    if (this.ended || this.failure !== null || this.pgListener === null) return;
    this.giveBack();
    this.socket!.destroy();
  }

  /** Gives an error back instead of throwing it, as pg's client wants it. */
  submit(connection: { readonly stream: Socket; query(text: string): void }): Error | null {
    const listeners = connection.stream.listeners('data') as DataListener[];
    if (listeners.length !== 1) return new Error('pg no longer reads its socket by one listener');
    this.socket = connection.stream;
    this.pgListener = listeners[0]!;
    this.socket.off('data', this.pgListener);
    this.socket.on('data', this.onData);
    connection.query(this.text);
    return null;
  }

  handleError(error: Error): void {
    this.giveBack();
    this.failure = error;
    this.tell();
  }

  handleReadyForQuery(): void {
    this.ended = true;
    this.tell();
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}

  private tell(): void {
    const { wake } = this;
    this.wake = null;
    wake?.();
  }

  private receive(chunk: Buffer): void {
    const size = chunk.length;
    let from = 0;
    let to = 0;
    while (from < size) {
      if (this.remaining > 0) {
        const count = Math.min(this.remaining, size - from);
        if (this.isData) {
          if (from !== to) chunk.copyWithin(to, from, from + count);
          to += count;
        }
        from += count;
        this.remaining -= count;
        continue;
      }
      if (this.headBytes === 0 && size - from >= 5) {
        const type = chunk[from]!;
        if (!this.begins(type)) break;
        this.remaining = int32(chunk, from + 1) - 4;
        from += 5;
        continue;
      }
      this.head[this.headBytes++] = chunk[from++]!;
      if (this.headBytes < 5) continue;
      if (!this.begins(this.head[0]!)) break;
      this.headBytes = 0;
      this.remaining = int32(this.head, 1) - 4;
    }
    if (to > 0) {
      this.queue.push(chunk.subarray(0, to));
      if (this.queue.length >= QUEUED) this.socket!.pause();
      this.tell();
    }
    if (from < size || this.headBytes === 5) this.handOver(chunk.subarray(from));
  }

  /** True where the message belongs to the copy or may be skipped; false where pg has to read it. */
  private begins(type: number): boolean {
    this.isData = type === COPY_DATA;
    return this.isData || type === COPY_OUT_RESPONSE || type === COPY_DONE || INTERSPERSED.has(type);
  }

  /** The rest of the conversation is pg's: an error, or the end of the statement. */
  private handOver(rest: Buffer): void {
    const bytes = this.headBytes > 0 ? Buffer.concat([this.head.subarray(0, this.headBytes), rest]) : rest;
    this.headBytes = 0;
    const listener = this.pgListener!;
    this.giveBack();
    listener(Buffer.from(bytes));
    this.socket!.resume();
  }

  private giveBack(): void {
    if (this.pgListener === null) return;
    this.socket!.off('data', this.onData);
    this.socket!.on('data', this.pgListener);
    this.pgListener = null;
  }
}

function int32(bytes: Buffer, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}
