/** Changes of the plan that are asked for at once: none is lost, and what each says it did is in the file. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../../engine/core/config.ts';
import { type OpenedJourney, openJourney } from '../../../engine/journey/open-journey.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const source = useTestDatabase();
const target = useTestDatabase('supabase');
const folder = mkdtempSync(join(tmpdir(), 'towpath-changes-'));
let opened: OpenedJourney;

beforeAll(async () => {
  await source.query(`create table goods (id int primary key, name text, price numeric(10,2), size int);
    insert into goods select i, 'good ' || i, i, i from generate_series(1, 20) i; analyze`);
  const env = { SOURCE_DATABASE_URL: source.url, TARGET_DATABASE_URL: target.url };
  opened = await openJourney({
    config: loadConfig(env),
    place: { folder },
    logFolder: join(folder, 'logs'),
    launcher: { command: [process.execPath], cwd: folder, env },
  });
  await opened.journey.analyse();
  await opened.journey.createPlan();
});
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

test('each reads what the one before wrote; one that is refused holds up none', async () => {
  const { journey } = opened;
  const change = (kind: 'rename-column', column: string, to: string) =>
    journey.changePlan({ kind, entity: 'goods', column, to });
  const answers = await Promise.allSettled([
    change('rename-column', 'name', 'title'),
    change('rename-column', 'no_such_column_at_all', 'x'),
    change('rename-column', 'title', 'label'),
    journey.changePlan({ kind: 'set-filter', entity: 'goods', where: 'id > 3' }),
    change('rename-column', 'size', 'extent'),
    journey.createPlan({ keep: true }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
  const text = readFileSync(join(folder, 'towpath.plan.yaml'), 'utf8');
  for (const written of ['to: label', 'to: extent', 'id > 3']) expect(text).toContain(written);
});
