/** A host to be killed: opens code, starts a batch, says so on stdout, and goes on until somebody ends it. */
import { createSandbox } from '../../../sandbox/index.ts';

const [how = 'busy'] = process.argv.slice(2);
const sandbox = createSandbox({ limits: { batchMilliseconds: 5000 } });
const runner = await sandbox.open({
  source: 'export default (row) => { while (row.a === "busy"); return { b: row.a }; };',
  reads: ['a'],
  writes: ['b'],
});
const batch = runner.run([[how]]);
process.stdout.write('running\n');
await batch;
setInterval(() => {}, 1000);
