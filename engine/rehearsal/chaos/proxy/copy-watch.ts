/**
 * Which bytes of a connection belong to a COPY. Only the heads of the server's messages are read (a letter and a length):
 * CopyOutResponse to CopyDone is a COPY to the client, CopyInResponse to the next CommandComplete or ErrorResponse a COPY to the
 * server. Under TLS nothing can be read, so no byte counts as COPY.
 * Format: PostgreSQL documentation, “Message Formats”.
 */
import type { Direction } from './faults.ts';

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const [COPY_IN, COPY_OUT, COPY_DONE, COMPLETE, ERROR] = [...'GHcCE'].map((letter) => letter.charCodeAt(0));

/** From `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface CopyWatch {
  /** Takes note of a chunk, in the order of its direction, and names its bytes that belong to a COPY of that direction. */
  see(chunk: Buffer, direction: Direction): ByteRange[];
}

export function createCopyWatch(): CopyWatch {
  const head = Buffer.alloc(5);
  /** How much of a head has been read, and how much of the message behind it is still to come. */
  let [held, rest, singleAnswers] = [0, 0, 0];
  let copying: Direction | null = null;
  let [negotiating, unreadable] = [true, false];

  function seeFromServer(chunk: Buffer): ByteRange[] {
    const ranges: ByteRange[] = [];
    let at = 0;
    let start = 0;
    while (at < chunk.length && !unreadable) {
      if (singleAnswers > 0) {
        singleAnswers--;
        unreadable = chunk[at++] !== 'N'.charCodeAt(0);
      } else if (rest > 0) {
        const step = Math.min(rest, chunk.length - at);
        rest -= step;
        at += step;
      } else {
        head[held++] = chunk[at++]!;
        if (held < 5) continue;
        held = 0;
        rest = Math.max(0, head.readUInt32BE(1) - 4);
        const before = copying;
        copying = next(copying, head[0]!);
        if (before === 'to-client' && copying !== before)
          ranges.push({ start, end: Math.max(start, at - 5) });
        if (copying === 'to-client' && before !== copying) start = at;
      }
    }
    if (copying === 'to-client' && !unreadable) ranges.push({ start, end: chunk.length });
    return ranges;
  }

  function seeFromClient(chunk: Buffer): ByteRange[] {
    if (negotiating) {
      negotiating = asksForEncryption(chunk);
      if (negotiating) singleAnswers++;
    }
    return copying === 'to-server' ? [{ start: 0, end: chunk.length }] : [];
  }

  return {
    see: (chunk, direction) => (direction === 'to-client' ? seeFromServer(chunk) : seeFromClient(chunk)),
  };
}

function next(copying: Direction | null, letter: number): Direction | null {
  if (letter === COPY_IN) return 'to-server';
  if (letter === COPY_OUT) return 'to-client';
  if (letter === COPY_DONE && copying === 'to-client') return null;
  return letter === COMPLETE || letter === ERROR ? null : copying;
}

function asksForEncryption(chunk: Buffer): boolean {
  if (chunk.length !== 8) return false;
  const code = chunk.readUInt32BE(4);
  return code === SSL_REQUEST || code === GSS_REQUEST;
}
