/** What a harness in the wrong hands is made of. */
import type { SandboxErrorKind } from '../../../../sandbox/index.ts';

/** The frames by hand; `main` gets each message of the host. */
export const prelude = `
  const fs = require('node:fs');
  const head = (type, seq, length) => { const h = Buffer.alloc(9); h.writeUInt32LE(length, 0); h[4] = type.charCodeAt(0); h.writeUInt32LE(seq, 5); return h; };
  const raw = (b) => { for (let o = 0; o < b.length;) try { o += fs.writeSync(1, b, o); } catch (e) { if (e.code !== 'EAGAIN') throw e; } };
  const send = (type, seq, text) => raw(Buffer.concat([head(type, seq, Buffer.byteLength(text)), Buffer.from(text)]));
  const answer = (seq, ...cells) => send('R', seq, cells.join('\\0'));
  const hello = () => send('H', 0, JSON.stringify({ node: process.version }));
  const serve = (onLoad, onBatch) => {
    let got = Buffer.alloc(0), synced = false;
    process.stdin.on('data', (d) => {
      got = Buffer.concat([got, d]);
      if (!synced) { const i = got.indexOf('\\0towpath\\n'); if (i < 0) return; got = got.subarray(i + 9); synced = true; }
      while (got.length >= 9 && got.length >= 9 + got.readUInt32LE(0)) {
        const type = String.fromCharCode(got[4]), seq = got.readUInt32LE(5), text = got.toString('utf8', 9, 9 + got.readUInt32LE(0));
        got = got.subarray(9 + got.readUInt32LE(0));
        if (type === 'L') onLoad(seq, text); else if (type === 'B') onBatch(seq, text);
      }
    });
    hello();
  };
  const loaded = (seq) => send('K', seq, '');
  const on = (answer) => serve(loaded, answer);
`;

export interface Case {
  readonly name: string;
  readonly program: string;
  /** One of these failures; `rows`: two answers of one row, whatever they say; or either. */
  readonly kinds: readonly SandboxErrorKind[] | 'rows' | 'rows-or-failure';
}

export const memory = ['oom', 'stopped', 'heap', 'timeout'] as const;
