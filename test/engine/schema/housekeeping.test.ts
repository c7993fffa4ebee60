import { expect, test } from 'vitest';
import { FRAMEWORKS } from '../../../engine/schema/frameworks.ts';
import { introspect } from '../../../engine/schema/introspect.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { withSource } from './open-source.ts';

const database = useTestDatabase();

async function housekeepingIn(schema: string, tables: Readonly<Record<string, string>>) {
  const columns = Object.entries(tables).map(
    ([name, list]) =>
      `create table "${schema}"."${name}" (${list
        .split(' ')
        .map((column) => `"${column}" text`)
        .join(', ')});`,
  );
  await database.query(`create schema "${schema}"; ${columns.join('')}`);
  const catalog = await withSource(database, (source) =>
    introspect(source, { schemas: [schema], profiles: false }),
  );
  return Object.fromEntries(
    catalog.tables.map(({ name, housekeeping }) => [name, housekeeping?.framework ?? null]),
  );
}

test.each([
  [
    'django',
    { django_migrations: 'id app', django_session: 'session_key', django_q_task: 'id', visits: 'id' },
    'Django',
  ],
  [
    'rails',
    { ar_internal_metadata: 'key', sessions: 'id session_id data', solid_queue_jobs: 'id', visits: 'id' },
    'Rails',
  ],
  [
    'laravel',
    { migrations: 'id migration batch', failed_jobs: 'id payload exception', visits: 'id' },
    'Laravel',
  ],
  ['alembic', { alembic_version: 'version_num', visits: 'id' }, 'Alembic'],
  ['flyway', { flyway_schema_history: 'installed_rank', visits: 'id' }, 'Flyway'],
  ['liquibase', { databasechangelog: 'id', databasechangeloglock: 'id', visits: 'id' }, 'Liquibase'],
  ['prisma', { _prisma_migrations: 'id', visits: 'id' }, 'Prisma'],
  ['typeorm', { migrations: 'id timestamp name', visits: 'id' }, 'TypeORM'],
  ['celery', { celery_taskmeta: 'id', visits: 'id' }, 'Celery'],
  ['go', { schema_migrations: 'version dirty', visits: 'id' }, 'golang-migrate'],
  ['efcore', { __EFMigrationsHistory: 'MigrationId', visits: 'id' }, 'Entity Framework'],
  ['quartz', { qrtz_job_details: 'id', qrtz_triggers: 'id', visits: 'id' }, 'Quartz'],
  ['pgboss', { job: 'id singleton_key retry_limit', version: 'version' }, 'pg-boss'],
])('tables of %s stay behind, those of people do not', async (schema, tables, framework) => {
  const found = await housekeepingIn(schema, tables as unknown as Record<string, string>);
  const { visits, ...own } = found;
  expect(visits ?? null).toBeNull();
  expect(new Set(Object.values(own))).toEqual(new Set([framework]));
});

test('a table of anybody that is only called like one of a framework is data', async () => {
  const found = await housekeepingIn('plain', {
    ar_internal_metadata: 'key',
    migrations: 'id bird season',
    sessions: 'id yoga_class starts_at',
    jobs: 'id title salary',
    cache: 'id mountain shelter',
    migration: 'id version',
  });
  const { ar_internal_metadata, ...data } = found;
  expect(ar_internal_metadata).toBe('Rails');
  expect(Object.values(data).every((framework) => framework === null)).toBe(true);
});

test('every framework can be recognised and says why its tables can stay behind', () => {
  for (const { name, signs, tables, starts = {}, schemas = {} } of FRAMEWORKS) {
    expect(signs.length, name).toBeGreaterThan(0);
    const reasons = [...Object.values(tables), ...Object.values(starts), ...Object.values(schemas)];
    expect(reasons.length, name).toBeGreaterThan(0);
    for (const kept of reasons) expect(typeof kept === 'string' ? kept : kept.reason, name).toMatch(/\w{4}/);
  }
});
