/** A schema made to break whoever reads it; see prove-move.ts for what must hold. */
import { describe } from 'vitest';
import { installedPostgres } from '../helpers/installed-postgres.ts';
import { createHostileSchema } from './hostile-schema/hostile-schema.ts';
import { proveMove } from './prove-move.ts';

const servers = [{ major: 18, programs: undefined }, ...installedPostgres()];

describe.each(servers)('on PostgreSQL $major', ({ programs }) => {
  proveMove({
    programs,
    create: createHostileSchema,
    // Fifty megabytes beside JSON text that no jsonb holds.
    setAside: { huge: ['3'] },
    least: { columns: 3000, references: 80 },
  });
});
