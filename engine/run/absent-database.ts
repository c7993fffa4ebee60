/** Stands in for a database that is not configured and that the command does not need: using it is a clear error. */
import { MigrationError } from '../core/errors.ts';
import type { Database, Role } from '../db/database.ts';

export function missingConfig(role: Role): MigrationError {
  const prefix = role.toUpperCase();
  return new MigrationError({
    code: 'MISSING_CONFIG',
    message: `The ${role} database is not configured.`,
    hint: `Set ${prefix}_DATABASE_URL, or ${prefix}_DB_HOST, ${prefix}_DB_USER, ${prefix}_DB_PASSWORD and ${prefix}_DB_NAME, in .env (“towpath init” writes one). “towpath demo” needs none.`,
  });
}

export function absentDatabase(role: Role): Database {
  const refuse = () => Promise.reject(missingConfig(role));
  return {
    role,
    get config(): never {
      throw missingConfig(role);
    },
    readOnly: true,
    query: refuse,
    session: refuse,
    transaction: refuse,
    health: refuse,
    end: async () => {},
  };
}
