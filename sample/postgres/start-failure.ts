/** Why did the server not start? Reads its log and says it in words; unknown reasons keep the log's last lines. */
import { existsSync, readFileSync } from 'node:fs';
import { MigrationError } from '../../engine/core/errors.ts';

type Reason = { sign: RegExp; code: string; message: string; hint: string; retryable?: boolean };

/** The server is started with LC_ALL=C, so its words are these. There is no code to go by before it listens. */
const reasons: Reason[] = [
  {
    sign: /could not (create listen|bind)|Address already in use/i,
    code: 'PORT_IN_USE',
    message: 'The port for the embedded PostgreSQL is taken.',
    hint: 'Leave the port out, so that a free one is chosen, or name another.',
    retryable: true,
  },
  {
    sign: /shared memory|shmget|semget|could not map anonymous/i,
    code: 'SHARED_MEMORY_UNAVAILABLE',
    message: 'The machine does not give the embedded PostgreSQL the shared memory it asks for.',
    hint: 'Free memory, raise the limit of the container (docker run --shm-size=1g), or set a smaller shared_buffers.',
  },
  {
    sign: /No space left on device|Disk quota exceeded/i,
    code: 'DISK_FULL',
    message: 'The disk is full where the embedded PostgreSQL keeps its data.',
    hint: 'Free space there, or set TMPDIR to a folder on a larger disk.',
  },
  {
    sign: /Permission denied|Operation not permitted/i,
    code: 'DATA_FOLDER_UNREACHABLE',
    message: 'The embedded PostgreSQL may not read or write its data folder.',
    hint: 'Name another data folder, or set TMPDIR to a folder that ordinary users may write to.',
  },
  {
    sign: /database files are incompatible|initialized by PostgreSQL version/i,
    code: 'DATA_FOLDER_INCOMPATIBLE',
    message: 'The data folder was made by another version of PostgreSQL.',
    hint: 'Remove the data folder, or name another one.',
  },
  {
    sign: /unrecognized configuration parameter|configuration file .* contains errors|invalid value for parameter/i,
    code: 'INVALID_SERVER_SETTING',
    message: 'The embedded PostgreSQL does not understand one of its settings.',
    hint: 'Check the names and values of the settings that were passed.',
  },
];

export function explainStartFailure(output: string, cause?: unknown): MigrationError {
  const reason = reasons.find(({ sign }) => sign.test(output));
  const lastLines = output.trim().split('\n').slice(-8).join('\n');
  return new MigrationError({
    code: reason?.code ?? 'SERVER_DID_NOT_START',
    message: reason?.message ?? 'The embedded PostgreSQL did not start.',
    hint:
      reason?.hint ??
      'Read the server log in the details; your own servers can be used instead (SOURCE_DATABASE_URL, TARGET_DATABASE_URL).',
    retryable: reason?.retryable ?? false,
    severity: 'critical',
    details: { log: lastLines },
    cause,
  });
}

export function readLog(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
