/**
 * Databases of other people, moved completely by the suggested plan and nothing else:
 *
 *     node test/real/real-databases.ts FOLDER [--only a,b] [--analyse a,b] [--fill 20] [--keep] [--columns]
 *
 * Each folder in FOLDER is a database: its *.sql files, in the order of their names, are loaded with psql (ON_ERROR_STOP is
 * off: a dump names owners and extensions that are not here; what failed is counted). With `--fill` tables without
 * rows get that many made-up ones. Then the command line of Towpath does the whole way: analyse, plan, map, rehearse,
 * approve, migrate, validate, report. Questions are answered as recommended.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../sample/postgres/server.ts';
import { createWorkplace } from '../scenarios/towpath-process.ts';
import { fillDatabase } from './fill/fill-database.ts';
import { analyseOnly, type Step, type Way, wholeWay } from './journey.ts';
import { loadDumps } from './load-dumps.ts';
import { lossesWithoutQuestion } from './losses.ts';
import { proveMove } from './proof.ts';
import { measureSuggestions, type Suggestions } from './suggestions.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    analyse: { type: 'string', default: '' },
    fill: { type: 'string', default: '0' },
    keep: { type: 'boolean', default: false },
    columns: { type: 'boolean', default: false },
    programs: { type: 'string' },
  },
});
const words = (text: string) => text.split(',').filter(Boolean);
const folder = resolve(positionals[0] ?? '.');
const only = words(values.only);
const analysed = words(values.analyse);
const programs = values.programs ?? ['/usr/lib/postgresql/15/bin'].find((path) => existsSync(path));
const say = (text: string) => process.stdout.write(`${text}\n`);

const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && (only.length === 0 || only.includes(entry.name)))
  .map((entry) => entry.name)
  .sort();
const settings = { fsync: false, max_locks_per_transaction: 512 };
const server = await startPostgres({ settings, ...(programs ? { programs } : {}) });
const lines: string[] = [];
try {
  for (const name of names) lines.push(await moveOne(name));
} finally {
  await server.stop();
}
say(
  '\n| database | tables | columns | rows | no change needed | questions | set aside | validation | analyse | whole way |',
);
say('|--|--:|--:|--:|--:|--:|--:|--|--:|--:|');
for (const line of lines) say(line);

async function moveOne(name: string): Promise<string> {
  say(`\n== ${name}`);
  await server.createDatabase(name);
  await server.createDatabase(`${name}_new`);
  const failures = await loadDumps(join(folder, name), server.url(name), say);
  if (failures > 0) say(`   ${failures} statements of the dump failed`);
  const rows = Number(values.fill);
  if (rows > 0) {
    const { filled, refused } = await fillDatabase(server.url(name), { rows, seed: 1 });
    say(`   ${filled} rows made up`);
    for (const { table, reason } of refused) say(`   no rows for ${table}: ${reason}`);
  }
  const place = createWorkplace({ source: server.url(name), target: server.url(`${name}_new`) });
  try {
    const way = analysed.includes(name) ? await analyseOnly(place, tell) : await wholeWay(place, tell);
    for (const { entity, column, reason, rows } of way.causes)
      say(`   set aside: ${rows} of ${entity}, ${column ?? 'the row'}: ${reason}`);
    if (way.plan) {
      const urls = { source: server.url(name), target: server.url(`${name}_new`) };
      const proof = await proveMove(urls, way.plan, way.asideOf);
      const { kept, declared } = proof.references;
      say(
        `   proof: ${proof.compared} columns compared, ${kept} of ${declared} references, ${proof.complaints.length} complaints`,
      );
      for (const loss of lossesWithoutQuestion(way.catalog, way.plan))
        say(`   ! ${loss} stays behind, and nobody is asked`);
      for (const complaint of proof.complaints) say(`   ! ${complaint}`);
    }
    const share = way.plan ? measureSuggestions(way) : null;
    if (share && values.columns) for (const { column, why } of share.changes) say(`   ${column}: ${why}`);
    return lineOf(name, way, share);
  } catch (error) {
    say(`   ${error instanceof Error ? error.message : String(error)}`);
    return `| ${name} | failed: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]} |`;
  } finally {
    if (values.keep) say(`   kept: ${place.folder}`);
    else place.remove();
    await server.dropDatabase(name);
    await server.dropDatabase(`${name}_new`);
  }
}

function tell({ words, code, milliseconds, note }: Step): void {
  say(`   ${words.padEnd(10)} exit ${code}, ${(milliseconds / 1000).toFixed(1)} s${note ? `: ${note}` : ''}`);
}

function lineOf(name: string, way: Way, share: Suggestions | null): string {
  const whole = way.steps.reduce((sum, step) => sum + step.milliseconds, 0);
  const analyse = way.steps.find((step) => step.words === 'analyze')!;
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  const cells = [
    name,
    way.tables,
    way.columns,
    way.rows,
    share ? `${((100 * share.unchanged) / share.columns).toFixed(1)} % of ${share.columns}` : '–',
    way.questions,
    way.setAside,
    way.verdict,
    seconds(analyse.milliseconds),
    seconds(whole),
  ];
  return `| ${cells.join(' | ')} |`;
}
