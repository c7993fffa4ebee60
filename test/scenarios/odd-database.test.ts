/** A database that nobody designed; see prove-move.ts for what must hold. */
import { describe } from 'vitest';
import { installedPostgres } from '../helpers/installed-postgres.ts';
import { createOddDatabase } from './odd-database/odd-database.ts';
import { proveMove } from './prove-move.ts';

const servers = [{ major: 18, programs: undefined }, ...installedPostgres()];

describe.each(servers)('on PostgreSQL $major', ({ programs }) => {
  proveMove({
    programs,
    create: createOddDatabase,
    // An amount with three digits, and JSON text that no jsonb holds.
    setAside: { numbered: ['1'], typed: ['2'] },
    least: { columns: 400, references: 25 },
  });
});
