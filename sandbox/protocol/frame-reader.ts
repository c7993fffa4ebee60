/**
 * Puts frames together from pieces. Promises: never holds more than one frame of the allowed size plus one piece, and
 * refuses a larger one by its head, before any of it has been kept.
 */
import { SandboxError } from '../sandbox-error.ts';
import { type Frame, HEAD_BYTES } from './frame.ts';

export interface FrameReader {
  /** Throws a SandboxError (`output-limit`). */
  push(piece: Buffer): void;
}

export function createFrameReader(frameBytes: number, onFrame: (frame: Frame) => void): FrameReader {
  let pieces: Buffer[] = [];
  let held = 0;
  let wanted = HEAD_BYTES;
  return {
    push(piece) {
      pieces.push(piece);
      held += piece.length;
      while (held >= wanted) {
        const whole = pieces.length === 1 ? piece : Buffer.concat(pieces, held);
        const length = whole.readUInt32LE(0);
        if (length > frameBytes) throw tooLarge(length, frameBytes);
        wanted = HEAD_BYTES + length;
        pieces = [whole];
        if (held < wanted) return;
        const frame = {
          type: String.fromCharCode(whole[4]!),
          sequence: whole.readUInt32LE(5),
          body: whole.subarray(HEAD_BYTES, wanted),
        };
        piece = whole.subarray(wanted);
        held -= wanted;
        wanted = HEAD_BYTES;
        pieces = held === 0 ? [] : [piece];
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
