/** The catalog that an analysis kept, as a file. */
import { MigrationError } from '../core/errors.ts';
import type { Catalog } from '../schema/catalog.ts';
import { parseCatalog } from '../schema/catalog-schema.ts';
import { readTextFile, removeFile, writeJsonFile } from './files.ts';

/** Null where nothing was kept yet. Throws FILE_INVALID for anything that is no catalog of this version. */
export function readCatalogFile(path: string): Catalog | null {
  const text = readTextFile(path);
  if (text === null) return null;
  try {
    return parseCatalog(JSON.parse(text));
  } catch (cause) {
    throw new MigrationError({
      code: 'FILE_INVALID',
      message: `${path} is not a catalog.`,
      hint: 'Make it again with: towpath analyze',
      cause,
    });
  }
}

/** What was kept of a target that holds no tables any more would mislead. */
export function writeTargetCatalog(path: string, catalog: Catalog | null): void {
  if (catalog === null) removeFile(path);
  else writeJsonFile(path, catalog);
}
