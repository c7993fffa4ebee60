/**
 * One message of the protocol: u32le length of payload | u8 type | u32le sequence | payload in UTF-8. Positional JSON
 * in frames was the fastest of what was measured; v8.serialize was no faster and would read hostile binary on the host.
 */
export interface Frame {
  /** One Latin-1 character. */
  readonly type: string;
  readonly sequence: number;
  readonly body: Buffer;
}

export const HEAD_BYTES = 9;

/** The host's first bytes: what reaches the container before them (dockerode issue 777) is none of ours. */
export const magic = '\0towpath\n';

export function encodeFrame(type: string, sequence: number, text: string): Buffer {
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(HEAD_BYTES + length);
  frame.writeUInt32LE(length, 0);
  frame[4] = type.charCodeAt(0);
  frame.writeUInt32LE(sequence, 5);
  frame.write(text, HEAD_BYTES, 'utf8');
  return frame;
}
