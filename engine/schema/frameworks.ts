/**
 * Tables that old software keeps for itself, by the framework that makes them. Data, reviewed like data. A name that could be
 * anybody's (`jobs`, `sessions`) counts only with the columns that the framework gives it.
 */

export interface Framework {
  readonly name: string;
  /** The framework is there when one of these tables is, with these columns where any are named. */
  readonly signs: readonly (string | Shape)[];
  /** Table → why it can stay behind. */
  readonly tables: Readonly<Record<string, string | Kept>>;
  /** Start of a table's name → why all of them can stay behind. */
  readonly starts?: Readonly<Record<string, string>>;
  /** Schemas that are the framework's own. */
  readonly schemas?: Readonly<Record<string, string>>;
}

export interface Shape {
  readonly table: string;
  readonly columns: readonly string[];
}

export interface Kept {
  readonly reason: string;
  readonly columns: readonly string[];
}

const HISTORY = 'which changes of structure ran on the old system; the new one has its own';
const LOCK = 'lock of the old schema tool';
const SESSIONS = 'logged-in browser sessions of the old system; they end with it';
const QUEUE = 'queue of the old background worker; let it run empty before the move';
const RESULTS = 'results of the old background worker';
const TIMERS = 'timers of the old background worker';
const CACHE = 'cache of the old software; it fills itself again';
const TOKENS = 'access tokens of the old software; they must not stay valid';
const PROBES = 'what a tool of the old software recorded about requests';

export const FRAMEWORKS: readonly Framework[] = [
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
      django_session: SESSIONS,
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
      south_migrationhistory: HISTORY,
      oauth2_provider_accesstoken: TOKENS,
      oauth2_provider_refreshtoken: TOKENS,
      oauth2_provider_grant: TOKENS,
      social_auth_nonce: TOKENS,
      social_auth_association: TOKENS,
      social_auth_code: TOKENS,
      social_auth_partial: TOKENS,
      token_blacklist_outstandingtoken: TOKENS,
      token_blacklist_blacklistedtoken: TOKENS,
      captcha_captchastore: CACHE,
      thumbnail_kvstore: CACHE,
      django_cache: { reason: CACHE, columns: ['cache_key', 'value', 'expires'] },
      cache_table: { reason: CACHE, columns: ['cache_key', 'value', 'expires'] },
    },
    starts: {
      django_celery_beat_: TIMERS,
      django_celery_results_: RESULTS,
      django_q_: QUEUE,
      django_apscheduler_: TIMERS,
      django_rq_: QUEUE,
      silk_: PROBES,
      easy_thumbnails_: CACHE,
      axes_access: 'attempts to log in to the old software',
    },
  },
  {
    name: 'golang-migrate',
    signs: [{ table: 'schema_migrations', columns: ['version', 'dirty'] }],
    tables: { schema_migrations: { reason: HISTORY, columns: ['version', 'dirty'] } },
  },
  {
    name: 'Ecto',
    signs: [{ table: 'schema_migrations', columns: ['version', 'inserted_at'] }],
    tables: {
      schema_migrations: { reason: HISTORY, columns: ['version', 'inserted_at'] },
      oban_jobs: QUEUE,
      oban_peers: QUEUE,
      oban_producers: QUEUE,
    },
  },
  {
    name: 'Rails',
    signs: ['ar_internal_metadata', 'schema_migrations'],
    tables: {
      ar_internal_metadata: 'settings of the old framework',
      schema_migrations: 'which code migrations ran on the old system; the new one has its own',
      data_migrations: { reason: HISTORY, columns: ['version'] },
      sessions: { reason: SESSIONS, columns: ['session_id', 'data'] },
      delayed_jobs: QUEUE,
      que_jobs: QUEUE,
      que_lockers: QUEUE,
      queue_classic_jobs: QUEUE,
      oauth_access_tokens: TOKENS,
      oauth_access_grants: TOKENS,
      solid_cache_entries: CACHE,
      solid_cable_messages: QUEUE,
    },
    starts: { solid_queue_: QUEUE, good_job: QUEUE },
  },
  {
    name: 'Laravel',
    signs: [{ table: 'migrations', columns: ['migration', 'batch'] }],
    tables: {
      migrations: { reason: HISTORY, columns: ['migration', 'batch'] },
      sessions: { reason: SESSIONS, columns: ['payload', 'last_activity'] },
      jobs: { reason: QUEUE, columns: ['queue', 'payload', 'attempts'] },
      job_batches: { reason: QUEUE, columns: ['failed_job_ids'] },
      failed_jobs: { reason: RESULTS, columns: ['payload', 'exception'] },
      cache: { reason: CACHE, columns: ['key', 'value', 'expiration'] },
      cache_locks: { reason: CACHE, columns: ['key', 'owner', 'expiration'] },
      password_resets: { reason: TOKENS, columns: ['email', 'token'] },
      password_reset_tokens: { reason: TOKENS, columns: ['email', 'token'] },
      personal_access_tokens: { reason: TOKENS, columns: ['tokenable_type', 'token'] },
      oauth_access_tokens: TOKENS,
      oauth_refresh_tokens: TOKENS,
      oauth_auth_codes: TOKENS,
    },
    starts: { telescope_: PROBES, pulse_: PROBES },
  },
  {
    name: 'Alembic',
    signs: ['alembic_version'],
    tables: { alembic_version: 'version mark of the old schema tool' },
  },
  {
    name: 'Celery',
    signs: ['celery_taskmeta', 'kombu_message'],
    tables: {
      celery_taskmeta: RESULTS,
      celery_tasksetmeta: RESULTS,
      kombu_message: QUEUE,
      kombu_queue: QUEUE,
    },
  },
  { name: 'APScheduler', signs: ['apscheduler_jobs'], tables: { apscheduler_jobs: TIMERS } },
  {
    name: 'Flyway',
    signs: ['flyway_schema_history', { table: 'schema_version', columns: ['installed_rank', 'checksum'] }],
    tables: {
      flyway_schema_history: 'history of the old schema tool',
      schema_version: { reason: HISTORY, columns: ['installed_rank', 'checksum'] },
    },
  },
  {
    name: 'Liquibase',
    signs: ['databasechangelog'],
    tables: { databasechangelog: 'history of the old schema tool', databasechangeloglock: LOCK },
  },
  {
    name: 'Spring',
    signs: ['spring_session', 'batch_job_instance', 'shedlock', 'oauth2_authorization'],
    tables: {
      spring_session: SESSIONS,
      spring_session_attributes: SESSIONS,
      shedlock: LOCK,
      batch_job_instance: RESULTS,
      batch_job_execution: RESULTS,
      batch_job_execution_params: RESULTS,
      batch_job_execution_context: RESULTS,
      batch_step_execution: RESULTS,
      batch_step_execution_context: RESULTS,
      oauth2_authorization: TOKENS,
    },
  },
  { name: 'Quartz', signs: ['qrtz_job_details'], tables: {}, starts: { qrtz_: TIMERS } },
  {
    name: 'Prisma',
    signs: ['_prisma_migrations'],
    tables: { _prisma_migrations: 'history of the old schema tool' },
  },
  {
    name: 'TypeORM',
    signs: ['typeorm_metadata', { table: 'migrations', columns: ['timestamp', 'name'] }],
    tables: {
      typeorm_metadata: 'notes of the old framework about its own views and columns',
      migrations: { reason: HISTORY, columns: ['timestamp', 'name'] },
      'query-result-cache': CACHE,
    },
  },
  {
    name: 'Knex',
    signs: ['knex_migrations'],
    tables: { knex_migrations: 'history of the old schema tool', knex_migrations_lock: LOCK },
  },
  { name: 'Sequelize', signs: ['SequelizeMeta'], tables: { SequelizeMeta: HISTORY, SequelizeData: HISTORY } },
  { name: 'MikroORM', signs: ['mikro_orm_migrations'], tables: { mikro_orm_migrations: HISTORY } },
  {
    name: 'Drizzle',
    signs: ['__drizzle_migrations'],
    tables: { __drizzle_migrations: HISTORY },
  },
  { name: 'node-pg-migrate', signs: ['pgmigrations'], tables: { pgmigrations: HISTORY } },
  {
    name: 'Entity Framework',
    signs: ['__EFMigrationsHistory', '__efmigrationshistory'],
    tables: { __EFMigrationsHistory: HISTORY, __efmigrationshistory: HISTORY },
  },
  {
    name: 'Doctrine',
    signs: ['doctrine_migration_versions'],
    tables: { doctrine_migration_versions: HISTORY },
  },
  { name: 'Symfony', signs: ['messenger_messages'], tables: { messenger_messages: QUEUE } },
  { name: 'Phinx', signs: ['phinxlog'], tables: { phinxlog: HISTORY } },
  {
    name: 'Yii',
    signs: [{ table: 'migration', columns: ['version', 'apply_time'] }],
    tables: { migration: { reason: HISTORY, columns: ['version', 'apply_time'] } },
  },
  { name: 'goose', signs: ['goose_db_version'], tables: { goose_db_version: HISTORY } },
  {
    name: 'Play',
    signs: ['play_evolutions'],
    tables: { play_evolutions: HISTORY, play_evolutions_lock: LOCK },
  },
  {
    name: 'Sqitch',
    signs: [{ table: 'changes', columns: ['change_id', 'script_hash', 'planner_name'] }],
    tables: {},
    schemas: { sqitch: HISTORY },
  },
  {
    name: 'Hasura',
    signs: ['hdb_metadata', 'hdb_version'],
    tables: {},
    schemas: { hdb_catalog: 'settings and event log of the old API server' },
  },
  {
    name: 'Hangfire',
    signs: [{ table: 'jobparameter', columns: ['jobid', 'name', 'value'] }],
    tables: {},
    schemas: { hangfire: QUEUE },
  },
  {
    name: 'Graphile Worker',
    signs: ['_private_jobs', { table: 'jobs', columns: ['task_identifier', 'run_at'] }],
    tables: {},
    schemas: { graphile_worker: QUEUE },
  },
  {
    name: 'pg-boss',
    signs: [
      { table: 'job', columns: ['singleton_key', 'retry_limit'] },
      { table: 'job', columns: ['singletonkey'] },
    ],
    tables: {},
    schemas: { pgboss: QUEUE },
  },
];
