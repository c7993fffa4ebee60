/** A host to be killed: opens code, starts a batch, says so on stdout, and goes on until somebody ends it. */
import { createSandbox } from '../../../sandbox/index.ts';

const [how = 'busy'] = process.argv.slice(2);
/** Speaks like the harness, answers nothing, and does not mind that its input ends. */
const deaf = `
  const fs = require('node:fs');
  const send = (type, seq, text) => { const b = Buffer.alloc(9 + text.length); b.writeUInt32LE(text.length, 0); b[4] = type.charCodeAt(0); b.writeUInt32LE(seq, 5); b.write(text, 9); fs.writeSync(1, b); };
  process.stdin.on('error', () => {});
  process.stdin.once('data', () => setTimeout(() => send('K', 1, ''), 50));
  setInterval(() => {}, 1000);
  send('H', 0, '{"node":"v99.0.0"}');
`;

const sandbox = createSandbox({
  limits: { batchMilliseconds: 5000 },
  ...(how === 'deaf' ? { harness: deaf } : {}),
});
const runner = await sandbox.open({
  source: 'export default (row) => { while (row.a === "busy"); return { b: row.a }; };',
  reads: ['a'],
  writes: ['b'],
});
const batch = runner.run([[how]]);
process.stdout.write('running\n');
await batch;
setInterval(() => {}, 1000);
