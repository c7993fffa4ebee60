/** Analysing a database of 1 000 tables and 2 000 foreign keys, none of them large. */
import { readFileSync } from 'node:fs';
import { median, seconds, verdict } from './measurement.ts';
import type { Row } from './row.ts';
import { towpath } from './towpath.ts';
import { onDatabase } from './workplace.ts';

const ASK_MILLISECONDS = 5000;
const TABLES = 1000;
const DATABASE = 'bench_analysis';

export const analysis: Row = {
  id: 'analysis',
  what: 'analyse 1 000 tables and 2 000 foreign keys',
  ask: 'at most 5 s',
  needs: [],
  async measure(workplace) {
    await workplace.source.createDatabase(DATABASE);
    const source = workplace.source.url(DATABASE);
    await onDatabase(source, manyTablesSql(TABLES), 'analyze');
    const place = { source, target: workplace.target.url('postgres'), plan: 'analysis' };
    const output = `${workplace.folder}/many.json`;
    const samples: number[] = [];
    for (let run = 1; run <= workplace.options.runs; run++) {
      const { milliseconds } = await towpath(
        workplace,
        place,
        'analyze',
        '--schema',
        'public',
        '--output',
        `${workplace.folder}/many.json`,
      );
      checkCatalog(output);
      samples.push(milliseconds);
    }
    await workplace.source.dropDatabase(DATABASE);
    const value = median(samples);
    return [
      {
        ...{ id: 'analysis', what: analysis.what, ask: analysis.ask, value, limit: ASK_MILLISECONDS },
        status: verdict(value, ASK_MILLISECONDS),
        figure: seconds(value),
        samples: { towpath: samples },
        notes: ['Twenty rows a table; structure, counts and samples of all.'],
      },
    ];
  },
};

/** Fast and wrong is not fast. */
function checkCatalog(file: string): void {
  const { tables } = JSON.parse(readFileSync(file, 'utf8')) as { tables: { foreignKeys: unknown[] }[] };
  const foreignKeys = tables.reduce((sum, table) => sum + table.foreignKeys.length, 0);
  if (tables.length === TABLES && foreignKeys === 2 * TABLES) return;
  throw new Error(`The catalog has ${tables.length} tables and ${foreignKeys} foreign keys.`);
}

/** Each table points to the two before it (the first ones to themselves). */
function manyTablesSql(tables: number): string {
  return `do $$ begin
    for n in 1..${tables} loop
      execute format('create table legacy_%s (id int primary key, name varchar(80) not null, code smallint, amount numeric(12,2),
        made_at timestamp, first_id int not null, second_id int)', n);
      execute format('insert into legacy_%s select i, ''name '' || i, i %% 4, i * 1.5, now(), i, i from generate_series(1, 20) i', n);
      execute format('alter table legacy_%s add foreign key (first_id) references legacy_%s', n, greatest(1, n - 1));
      execute format('alter table legacy_%s add foreign key (second_id) references legacy_%s', n, greatest(1, n - 2));
      if n % 100 = 0 then commit; end if;
    end loop;
  end $$`;
}
