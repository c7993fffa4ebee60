/** The catalog that a question needs. */
import { MigrationError } from '../../core/errors.ts';
import type { Catalog } from '../../schema/catalog.ts';

/** @throws MigrationError CATALOG_MISSING */
export function lookedAt(catalog: Catalog | null): Catalog {
  if (catalog !== null) return catalog;
  throw new MigrationError({
    code: 'CATALOG_MISSING',
    message: 'Nobody has looked at the old database yet.',
    hint: 'Look at it first; it is only read.',
  });
}
