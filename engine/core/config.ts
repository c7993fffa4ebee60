/**
 * The configuration: read once, by an entry point, from the environment and the command's flags; checked; handed down.
 * A flag wins over its variable. Errors name the variable or flag, never its value, since any of them may be a secret
 * put in the wrong place.
 */
import { z } from 'zod';
import {
  type ConnectionConfig,
  createConnectionConfig,
  invalid,
  isLocalHost,
  parseDatabaseUrl,
} from './connection-config.ts';
import { LOG_LEVELS } from './log.ts';
import { Secret } from './secret.ts';

export {
  type ConnectionConfig,
  type ConnectionParts,
  createConnectionConfig,
  isLocalHost,
} from './connection-config.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const secret = z.string().transform((value) => new Secret(value));
const wholeNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const yesOrNo = z.stringbool();

/** Minutes, or a number with its unit: 90s, 45m, 2h. Becomes milliseconds. */
const duration = z
  .string()
  .regex(/^\d+(\.\d+)?\s*(s|m|h)?$/)
  .transform(
    (text) =>
      Number.parseFloat(text) * { s: 1000, m: 60_000, h: 3_600_000 }[text.at(-1)!.replace(/\d/, 'm') as 'm'],
  );

/** Seconds, or a number with its unit: 90s, 2m. Becomes milliseconds. */
const seconds = z
  .string()
  .regex(/^\d+(\.\d+)?\s*(s|m|h)?$/)
  .transform((text) => (/[smh]$/.test(text) ? text : `${text}s`))
  .pipe(duration)
  .refine((milliseconds) => milliseconds > 0);
const price = z.coerce.number().positive();

/** Each setting: its variable, its flag where it has one, its form, and how the form is told to a person. */
const settings = {
  targetEnvironment: [
    'TARGET_ENV',
    null,
    z.enum(['local', 'remote']).nullable().default(null),
    'local or remote',
  ],
  supabaseUrl: [
    'SUPABASE_URL',
    null,
    z.url().nullable().default(null),
    'an address such as https://name.supabase.co',
  ],
  supabaseServiceRole: ['SUPABASE_SERVICE_ROLE', null, secret.nullable().default(null), 'a key'],
  supabaseAnonKey: ['SUPABASE_ANON_KEY', null, secret.nullable().default(null), 'a key'],
  batchSize: [
    'BATCH_SIZE',
    'batchSize',
    wholeNumber(1, 1_000_000).nullable().default(null),
    'a number of rows, 1 to 1000000',
  ],
  maxRetryAttempts: [
    'MAX_RETRY_ATTEMPTS',
    'maxRetryAttempts',
    wholeNumber(0, 100).default(5),
    'a whole number, 0 to 100',
  ],
  timeoutMilliseconds: [
    'MIGRATION_TIMEOUT',
    'timeoutMinutes',
    duration.nullable().default(null),
    'a number of minutes, or a time such as 90s, 45m or 2h',
  ],
  maxConnections: [
    'MAX_CONNECTIONS',
    'maxConnections',
    wholeNumber(2, 200).default(10),
    'a whole number, 2 to 200',
  ],
  maxConcurrency: [
    'MAX_CONCURRENCY',
    'maxConcurrency',
    wholeNumber(1, 8).default(4),
    'a whole number, 1 to 8',
  ],
  checkpointFrequency: [
    'CHECKPOINT_FREQUENCY',
    'checkpointFrequency',
    wholeNumber(1, 100_000).default(10),
    'a number of batches, 1 to 100000',
  ],
  errorRecovery: ['ERROR_RECOVERY_ENABLED', null, yesOrNo.default(true), 'true or false'],
  logLevel: ['LOG_LEVEL', 'logLevel', z.enum(LOG_LEVELS).default('info'), LOG_LEVELS.join(', ')],
  mode: [
    'MIGRATION_MODE',
    'mode',
    z.enum(['full', 'differential', 'dry-run']).default('full'),
    'full, differential or dry-run',
  ],
  validationLevel: [
    'VALIDATION_LEVEL',
    null,
    z.enum(['none', 'basic', 'full']).default('full'),
    'none, basic or full',
  ],
  modelKey: ['OPENAI_API_KEY', null, secret.nullable().default(null), 'a key'],
  modelBaseUrl: ['OPENAI_BASE_URL', null, z.url().nullable().default(null), 'an address'],
  model: ['TOWPATH_MODEL', null, z.string().nullable().default(null), 'the name of a model'],
  modelApi: [
    'TOWPATH_MODEL_API',
    null,
    z.enum(['auto', 'responses', 'chat']).default('auto'),
    'auto, responses or chat',
  ],
  modelTimeoutMilliseconds: [
    'TOWPATH_MODEL_TIMEOUT',
    null,
    seconds.default(120_000),
    'a number of seconds, or a time such as 90s or 2m',
  ],
  modelMaxRequests: [
    'TOWPATH_MODEL_MAX_REQUESTS',
    null,
    wholeNumber(1, 1_000_000).default(500),
    'a number of requests, 1 to 1000000',
  ],
  modelMaxTokens: [
    'TOWPATH_MODEL_MAX_TOKENS',
    null,
    wholeNumber(1, 10_000_000_000).default(5_000_000),
    'a number of tokens, 1 to 10000000000',
  ],
  modelMaxMilliseconds: [
    'TOWPATH_MODEL_MAX_SECONDS',
    null,
    seconds.default(3_600_000),
    'a number of seconds, or a time such as 90s, 45m or 2h',
  ],
  modelMaxCost: [
    'TOWPATH_MODEL_MAX_COST',
    null,
    price.nullable().default(null),
    'an amount of money, in the currency of the prices',
  ],
  modelPriceInput: [
    'TOWPATH_MODEL_PRICE_INPUT',
    null,
    price.nullable().default(null),
    'the price of a million tokens sent',
  ],
  modelPriceOutput: [
    'TOWPATH_MODEL_PRICE_OUTPUT',
    null,
    price.nullable().default(null),
    'the price of a million tokens answered',
  ],
  token: ['TOWPATH_TOKEN', null, secret.nullable().default(null), 'a token'],
  accessFile: ['TOWPATH_ACCESS_FILE', null, z.string().nullable().default(null), 'the name of a file'],
  supabaseAuth: ['TOWPATH_SUPABASE_AUTH', null, yesOrNo.default(false), 'true or false'],
  supabaseJwtSecret: [
    'SUPABASE_JWT_SECRET',
    null,
    secret.nullable().default(null),
    'the secret of its tokens',
  ],
  failpoints: ['TOWPATH_FAILPOINT', null, z.string().optional(), 'a failpoint'],
} as const satisfies Record<string, readonly [string, string | null, z.ZodType, string]>;

type Settings = { readonly [K in keyof typeof settings]: z.output<(typeof settings)[K][2]> };
export type Flag = Exclude<(typeof settings)[keyof typeof settings][1], null>;
/** Flags in camel case, as the command line parsed them. */
export type Flags = { readonly [F in Flag]?: string | number | boolean | undefined };

export interface Config extends Settings {
  /** Null where no variable of the source is set. */
  readonly source: ConnectionConfig | null;
  readonly target: ConnectionConfig | null;
  /** Where conversations are kept instead of a file in the state folder. */
  readonly storage: ConnectionConfig | null;
  /** Sentences worth showing once, such as a variable that another one hides. */
  readonly warnings: readonly string[];
}

/** Throws INVALID_CONFIG, naming the variable or flag. */
export function loadConfig(env: Environment, flags: Flags = {}): Config {
  const warnings: string[] = [];
  const source = readConnection(env, 'SOURCE', warnings);
  const target = readConnection(env, 'TARGET', warnings);
  const storage = readStorage(env, source);
  return { ...readSettings(env, flags), source, target, storage, warnings };
}

/** Conversations write, and the source is only read, so the two may not be one database. */
function readStorage(env: Environment, source: ConnectionConfig | null): ConnectionConfig | null {
  const name = 'TOWPATH_STORAGE_URL';
  const url = present(env[name]);
  if (url === undefined) return null;
  const part = (words: string) => `The ${words} in ${name}`;
  const storage = createConnectionConfig(parseDatabaseUrl(url, name), {
    host: part('host'),
    port: part('port'),
    user: part('user'),
    password: part('password'),
    database: part('database name'),
    ssl: part('sslmode'),
  });
  if (source === null || !sameDatabase(storage, source)) return storage;
  throw invalid(name, 'names the source database', 'Name another database; the source is only read.');
}

function sameDatabase(one: ConnectionConfig, other: ConnectionConfig): boolean {
  const place = ({ host, port, database }: ConnectionConfig) =>
    [isLocalHost(host) ? 'here' : host.toLowerCase(), port, database].join(' ');
  return place(one) === place(other);
}

function readSettings(env: Environment, flags: Flags): Settings {
  const entries = Object.entries(settings).map(([key, [variable, flag, form, words]]) => {
    const given = flag === null ? undefined : flags[flag];
    const value = given === undefined ? present(env[variable]) : String(given);
    const result = form.safeParse(value);
    if (result.success) return [key, result.data] as const;
    const name =
      given === undefined ? variable : `--${flag!.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
    throw invalid(name, 'has a value that cannot be used', `Give ${words}, or leave it out.`);
  });
  return Object.fromEntries(entries) as Settings;
}

function readConnection(
  env: Environment,
  role: 'SOURCE' | 'TARGET',
  warnings: string[],
): ConnectionConfig | null {
  const prefix = `${role}_DB_`;
  const value = (name: string) => present(env[`${prefix}${name}`]);
  const ssl = value('SSL');
  const caFile = value('SSL_CA');
  const urlName = `${role}_DATABASE_URL`;
  const url = present(env[urlName]);
  if (url !== undefined) {
    const hidden = ['HOST', 'PORT', 'USER', 'PASSWORD', 'NAME'].filter((name) => value(name) !== undefined);
    if (hidden.length > 0) {
      warnings.push(`${urlName} is set, so ${hidden.map((name) => prefix + name).join(', ')} had no effect.`);
    }
    const parts = parseDatabaseUrl(url, urlName);
    const part = (name: string) => `The ${name} in ${urlName}`;
    return createConnectionConfig(
      { ...parts, ssl: ssl ?? parts.ssl, caFile: caFile ?? parts.caFile },
      {
        host: part('host'),
        port: part('port'),
        user: part('user'),
        password: part('password'),
        database: part('database name'),
        ssl: ssl === undefined ? part('sslmode') : `${prefix}SSL`,
      },
    );
  }
  const parts = { host: value('HOST'), port: value('PORT'), user: value('USER'), database: value('NAME') };
  const password = env[`${prefix}PASSWORD`];
  if (Object.values({ ...parts, password: present(password) }).every((part) => part === undefined))
    return null;
  return createConnectionConfig(
    { ...parts, password, ssl, caFile },
    {
      host: `${prefix}HOST`,
      port: `${prefix}PORT`,
      user: `${prefix}USER`,
      password: `${prefix}PASSWORD`,
      database: `${prefix}NAME`,
      ssl: `${prefix}SSL`,
    },
  );
}

/** A variable set to nothing counts as not set. */
function present(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === '' ? undefined : trimmed;
}
