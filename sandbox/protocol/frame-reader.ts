/**
 * Puts frames together from pieces. Promises: never holds more than one frame of the allowed size, however finely it was
 * cut, and refuses a larger one by its head, before any of it has been kept.
 */
import { SandboxError } from '../sandbox-error.ts';
import { type Frame, HEAD_BYTES } from './frame.ts';

export interface FrameReader {
  /** Throws a SandboxError (`output-limit`). */
  push(piece: Buffer): void;
}

export function createFrameReader(frameBytes: number, onFrame: (frame: Frame) => void): FrameReader {
  const head = Buffer.alloc(HEAD_BYTES);
  let body: Buffer | null = null;
  let filled = 0;
  /** Returns how much of the piece was taken. */
  const fill = (target: Buffer, piece: Buffer, from: number): number => {
    const count = piece.copy(target, filled, from, from + target.length - filled);
    filled += count;
    return count;
  };
  const open = (): Buffer => {
    const length = head.readUInt32LE(0);
    if (length > frameBytes) throw tooLarge(length, frameBytes);
    filled = 0;
    return Buffer.allocUnsafe(length);
  };
  return {
    push(piece) {
      for (let at = 0; at < piece.length; ) {
        at += fill(body ?? head, piece, at);
        if (body === null && filled === HEAD_BYTES) body = open();
        if (body === null || filled < body.length) continue;
        const frame = { type: String.fromCharCode(head[4]!), sequence: head.readUInt32LE(5), body };
        body = null;
        filled = 0;
        onFrame(frame);
      }
    },
  };
}

function tooLarge(length: number, most: number): SandboxError {
  return new SandboxError(
    'output-limit',
    `The sandbox wanted to send ${length} bytes at once; at most ${most} are taken.`,
    {
      details: { length },
    },
  );
}
