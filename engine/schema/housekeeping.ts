/** Tables that belong to the old software itself. Data first, so that a framework is a few lines. */
import type { Housekeeping, TableName } from './catalog.ts';

interface Framework {
  readonly name: string;
  /** The framework is there when one of these tables is. */
  readonly signs: readonly string[];
  readonly tables: Readonly<Record<string, string>>;
}

const FRAMEWORKS: readonly Framework[] = [
  {
    name: "Towpath's sample",
    signs: ['sample_defects'],
    tables: { sample_defects: 'the list of defects planted in the sample; it is no data of the old system' },
  },
  {
    name: 'Django',
    signs: ['django_migrations', 'django_content_type'],
    tables: {
      django_migrations: 'which code migrations ran on the old system; the new one has its own',
      django_session: 'logged-in browser sessions of the old system; they end with it',
      django_content_type:
        'numbers that the old software gave its own tables; read for generic relations, but not moved',
      django_admin_log: 'what was clicked in the old admin pages; points at rows by their old numbers',
      django_site: 'addresses of the old web site',
      auth_group:
        'permission groups of the old software; access in the new system is ruled by row-level security',
      auth_permission:
        'permissions of the old software; access in the new system is ruled by row-level security',
      auth_user_groups: 'who was in which permission group of the old software',
      auth_user_user_permissions: 'single permissions of the old software per user',
      auth_group_permissions: 'permissions of the old software per group',
      authtoken_token: 'access tokens of the old API; they must not stay valid',
      django_celery_beat_periodictask: 'timers of the old background worker',
      django_celery_results_taskresult: 'results of the old background worker',
    },
  },
  {
    name: 'Rails',
    signs: ['ar_internal_metadata', 'schema_migrations'],
    tables: {
      ar_internal_metadata: 'settings of the old framework',
      schema_migrations: 'which code migrations ran on the old system; the new one has its own',
    },
  },
  {
    name: 'Alembic',
    signs: ['alembic_version'],
    tables: { alembic_version: 'version mark of the old schema tool' },
  },
  {
    name: 'Flyway',
    signs: ['flyway_schema_history'],
    tables: { flyway_schema_history: 'history of the old schema tool' },
  },
  {
    name: 'Liquibase',
    signs: ['databasechangelog'],
    tables: {
      databasechangelog: 'history of the old schema tool',
      databasechangeloglock: 'lock of the old schema tool',
    },
  },
  {
    name: 'Prisma',
    signs: ['_prisma_migrations'],
    tables: { _prisma_migrations: 'history of the old schema tool' },
  },
  {
    name: 'Knex',
    signs: ['knex_migrations'],
    tables: {
      knex_migrations: 'history of the old schema tool',
      knex_migrations_lock: 'lock of the old schema tool',
    },
  },
];

/** A function that says whether a table is housekeeping, for one set of tables. */
export function housekeepingOf(
  tables: readonly TableName[],
): (table: TableName, extension: string | null) => Housekeeping | null {
  const names = new Set(tables.map((table) => table.name));
  const present = FRAMEWORKS.filter((framework) => framework.signs.some((sign) => names.has(sign)));
  return (table, extension) => {
    if (extension !== null) {
      return {
        framework: `extension ${extension}`,
        reason: 'belongs to an extension, which brings its own rows',
      };
    }
    for (const framework of present) {
      const reason = Object.hasOwn(framework.tables, table.name) ? framework.tables[table.name] : undefined;
      if (reason !== undefined) return { framework: framework.name, reason };
    }
    return null;
  };
}
