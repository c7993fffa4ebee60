/** A program that owns an embedded server and ends as it is told; server.test.ts starts and kills it. */
import { startPostgres } from '../../../sample/postgres/server.ts';

const server = await startPostgres({ settings: { fsync: false } });
console.log(JSON.stringify({ pid: server.pid, dataFolder: server.dataFolder }));

const ending = process.argv[2];
if (ending === 'throw') throw new Error('an uncaught error');
if (ending === 'exit') process.exit(0);
if (ending === 'stop') await server.stop();
if (ending === 'wait') setInterval(() => {}, 1000);
