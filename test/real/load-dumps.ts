/** SQL dumps into an empty database, by psql. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** How many statements failed; the first few are told. */
export async function loadDumps(folder: string, url: string, say: (line: string) => void): Promise<number> {
  let failures = 0;
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  for (const file of files.sort()) {
    const { stderr, error } = spawnSync(
      'psql',
      ['--no-psqlrc', '--quiet', '--file', join(folder, file), url],
      {
        encoding: 'utf8',
        cwd: folder,
        maxBuffer: 1 << 28,
      },
    );
    if (error) throw error;
    // Owners are other people's; nobody misses them.
    const errors = stderr
      .split('\n')
      .filter((line) => /ERROR/.test(line) && !/role ".*" does not exist/.test(line));
    failures += errors.length;
    for (const line of errors.slice(0, 5)) say(`   ${line.slice(line.indexOf('ERROR'))}`);
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('analyze').finally(() => client.end());
  return failures;
}
