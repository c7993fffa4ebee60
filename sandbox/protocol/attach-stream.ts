/**
 * Splits the stream that Docker sends for an attached container: u8 stream | 3 zero bytes | u32be length | bytes. In
 * place, without waiting for whole blocks; only the end of stderr is kept, and only so much of it is listened to, because
 * nobody asked for it: a flood would keep this process busy for ever. (dockerode's own demuxer is 6 % slower and keeps
 * everything.)
 */
import { SandboxError } from '../sandbox-error.ts';

const HEAD_BYTES = 8;
const STDOUT = 1;
/** V8's last words are some kilobytes. */
const MOST_STDERR_BYTES = 4 << 20;

export interface AttachStream {
  /** Throws a SandboxError (`protocol`). */
  push(chunk: Buffer): void;
  /** The last characters of stderr, Latin-1: enough to find V8's last words in. */
  stderr(): string;
}

export function createAttachStream(stderrBytes: number, onStdout: (piece: Buffer) => void): AttachStream {
  let head: Buffer = Buffer.alloc(0);
  let stream = 0;
  let left = 0;
  let errors = '';
  let heard = 0;
  return {
    push(chunk) {
      let at = 0;
      while (at < chunk.length) {
        if (left === 0) {
          const more = chunk.subarray(at, at + HEAD_BYTES - head.length);
          head = head.length === 0 ? more : Buffer.concat([head, more]);
          at += more.length;
          if (head.length < HEAD_BYTES) return;
          stream = head[0]!;
          left = head.readUInt32BE(4);
          head = Buffer.alloc(0);
          continue;
        }
        const piece = chunk.subarray(at, at + left);
        at += piece.length;
        left -= piece.length;
        if (stream === STDOUT) {
          onStdout(piece);
          continue;
        }
        heard += piece.length;
        if (heard > MOST_STDERR_BYTES)
          throw new SandboxError('protocol', 'The sandbox wrote errors without end.');
        errors = (errors + piece.subarray(-stderrBytes).toString('latin1')).slice(-stderrBytes);
      }
    },
    stderr: () => errors,
  };
}
