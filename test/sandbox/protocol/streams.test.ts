import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAttachStream } from '../../../sandbox/protocol/attach-stream.ts';
import { encodeFrame, type Frame } from '../../../sandbox/protocol/frame.ts';
import { createFrameReader } from '../../../sandbox/protocol/frame-reader.ts';

const frames = fc.array(
  fc.record({
    type: fc.constantFrom('R', 'E', 'K'),
    sequence: fc.nat(),
    text: fc.string({ unit: 'grapheme', maxLength: 300 }),
  }),
  { maxLength: 8 },
);

/** In pieces of the given sizes, over and over. */
function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

test('frames arrive whole, however the stream and Docker cut them', () => {
  fc.assert(
    fc.property(frames, sizes, sizes, fc.string({ maxLength: 50 }), (sent, blocks, pieces, noise) => {
      const stdout = Buffer.concat(sent.map(({ type, sequence, text }) => encodeFrame(type, sequence, text)));
      const stream = Buffer.concat([
        block(2, Buffer.from(noise)),
        ...cut(stdout, blocks).map((part) => block(1, part)),
      ]);
      const got: { type: string; sequence: number; text: string }[] = [];
      const reader = createFrameReader(10_000, ({ type, sequence, body }: Frame) =>
        got.push({ type, sequence, text: body.toString('utf8') }),
      );
      const attached = createAttachStream(1000, (piece) => reader.push(piece));
      for (const piece of cut(stream, pieces)) attached.push(piece);
      expect(got).toEqual(sent);
      expect(attached.stderr()).toBe(Buffer.from(noise).toString('latin1'));
    }),
  );
});

test('errors without end are not listened to', () => {
  const attached = createAttachStream(10, () => expect.fail('nothing was said'));
  const flood = block(2, Buffer.alloc(1 << 20, 'x'));
  for (let megabyte = 0; megabyte < 4; megabyte++) attached.push(flood);
  expect(attached.stderr()).toBe('x'.repeat(10));
  expect(() => attached.push(flood)).toThrowError(expect.objectContaining({ kind: 'protocol' }));
});

function block(stream: number, bytes: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head[0] = stream;
  head.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

test('a frame that is too large is refused by its head', () => {
  const reader = createFrameReader(100, () => expect.fail('no frame was whole'));
  const head = encodeFrame('R', 1, 'x'.repeat(101)).subarray(0, 9);
  reader.push(head.subarray(0, 8));
  expect(() => reader.push(head.subarray(8))).toThrowError(expect.objectContaining({ kind: 'output-limit' }));
});

test('only the end of stderr is kept', () => {
  const attached = createAttachStream(5, () => expect.fail('nothing was said on stdout'));
  attached.push(block(2, Buffer.from('a long story')));
  attached.push(block(2, Buffer.from('end')));
  expect(attached.stderr()).toBe('ryend');
});
