/**
 * Where a database is and how to reach it, from a URL or from parts.
 *
 * TLS is verified (chain and host name) for every host that is not this machine; off for this machine unless asked.
 * Modes follow libpq: `disable`; `require` encrypts and checks nothing, or the chain where a CA file is given;
 * `verify-ca`; `verify-full`. libpq's `allow` and `prefer` may end unencrypted without anyone noticing: off this
 * machine they count as `require`.
 */
import { MigrationError } from './errors.ts';
import { Secret } from './secret.ts';

export type SslMode = 'disable' | 'require' | 'verify-ca' | 'verify-full';

export interface ConnectionConfig {
  /** A host name, an address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: Secret | null;
  readonly database: string;
  readonly ssl: { readonly mode: SslMode; readonly caFile: string | null };
  /** The name that the server's certificate must bear, where `host` is something that stands before it. */
  readonly serverName?: string;
  /** Startup `options` that the address asks for, such as a pooler's tenant. */
  readonly options: string | null;
}

export interface ConnectionParts {
  readonly host?: string | undefined;
  readonly port?: string | number | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly database?: string | undefined;
  readonly ssl?: string | undefined;
  readonly caFile?: string | undefined;
  readonly options?: string | undefined;
}

/** How errors name each part: the name of its variable, never its value. */
export type PartNames = Readonly<Record<'host' | 'port' | 'user' | 'password' | 'database' | 'ssl', string>>;

const PLAIN_NAMES: PartNames = {
  host: 'host',
  port: 'port',
  user: 'user',
  password: 'password',
  database: 'database',
  ssl: 'ssl',
};

/** True for loopback addresses, `localhost` and Unix sockets. */
export function isLocalHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name.startsWith('/') || name === 'localhost' || name.endsWith('.localhost')) return true;
  return name === '::1' || /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name);
}

/** Throws INVALID_CONFIG where a part is missing or malformed. */
export function createConnectionConfig(
  parts: ConnectionParts,
  names: PartNames = PLAIN_NAMES,
): ConnectionConfig {
  const host = required(parts.host, names.host);
  return {
    host,
    port: readPort(parts.port, names.port),
    user: required(parts.user, names.user),
    password: parts.password ? new Secret(parts.password) : null,
    database: required(parts.database, names.database),
    ssl: {
      mode: readSslMode(parts.ssl, host, names.ssl),
      caFile: parts.caFile && parts.caFile !== 'system' ? parts.caFile : null,
    },
    options: parts.options || null,
  };
}

/** Reads `postgres://user:password@host:port/database?sslmode=…&sslrootcert=…`. `name` is the variable it came from. */
export function parseDatabaseUrl(text: string, name: string): ConnectionParts {
  if (/\[YOUR-PASSWORD\]/i.test(text)) {
    throw invalid(name, 'still holds the words [YOUR-PASSWORD]', 'Put the real password in their place.');
  }
  // libpq lets the host be empty where `host=` names it; URL does not
  const url = URL.parse(text.trim().replace(/^(postgres(?:ql)?:\/\/[^/?#]*@)(?=\/)/, '$1localhost'));
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol) || url.hash !== '') {
    throw invalid(
      name,
      'is not a PostgreSQL address',
      'Write postgresql://user:password@host:5432/database. In a password, write @ as %40, # as %23, / as %2F, ? as %3F; or give host, user and password in variables of their own.',
    );
  }
  const option = (key: string) => url.searchParams.get(key) ?? undefined;
  try {
    return {
      host: option('host') ?? decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1'),
      port: option('port') ?? url.port,
      user: option('user') ?? decodeURIComponent(url.username),
      password: option('password') ?? decodeURIComponent(url.password),
      database: option('dbname') ?? decodeURIComponent(url.pathname.slice(1)),
      ssl: option('sslmode') ?? option('ssl'),
      caFile: option('sslrootcert'),
      options: option('options'),
    };
  } catch {
    throw invalid(
      name,
      'holds a % that is not followed by two hexadecimal digits',
      'Write a % in a password as %25.',
    );
  }
}

function readPort(value: string | number | undefined, name: string): number {
  if (value === undefined || value === '') return 5432;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw invalid(
    name,
    'is not a port number',
    'Use a whole number from 1 to 65535; PostgreSQL usually listens on 5432.',
  );
}

function readSslMode(value: string | undefined, host: string, name: string): SslMode {
  const local = isLocalHost(host);
  switch (value?.trim().toLowerCase() ?? '') {
    case '':
      return local ? 'disable' : 'verify-full';
    case 'disable':
    case 'false':
    case 'off':
    case 'no':
    case '0':
      return 'disable';
    case 'allow':
    case 'prefer':
      return local ? 'disable' : 'require';
    case 'require':
    case 'no-verify':
      return 'require';
    case 'verify-ca':
      return 'verify-ca';
    case 'verify-full':
    case 'true':
    case 'on':
    case 'yes':
    case '1':
      return 'verify-full';
    default:
      throw invalid(
        name,
        'is not a known TLS setting',
        'Use disable, require or verify-full, or leave it out: TLS is verified unless the host is this machine.',
      );
  }
}

function required(value: string | undefined, name: string): string {
  if (value !== undefined && value.trim() !== '') return value;
  throw invalid(name, 'is missing', `Set ${name} in the environment or in .env.`);
}

/** An error about a setting; names the variable, never the value. */
export function invalid(name: string, problem: string, hint: string): MigrationError {
  return new MigrationError({
    code: 'INVALID_CONFIG',
    message: `${name} ${problem}.`,
    hint,
    details: { variable: name },
  });
}
