/** What the target holds already, kept as a file beside the catalog of the source; a target that is not there holds nothing. */
import { MigrationError } from '../engine/core/errors.ts';
import type { Catalog } from '../engine/schema/catalog.ts';
import { readCatalogFile, writeTargetCatalog } from '../engine/workspace/catalog-file.ts';
import { usualTargetCatalog } from '../engine/workspace/places.ts';
import type { Context } from './command.ts';

/** Null where it holds no tables of others, or nobody has told which database it is. */
export async function lookAtTarget(context: Context, schema: string): Promise<Catalog | null> {
  const file = context.path(usualTargetCatalog);
  if ((await context.config()).target === null) return readCatalogFile(file);
  try {
    const catalog = await context.withEngine('target', (engine) => engine.lookAtTarget(schema), {
      readOnlyTarget: true,
    });
    writeTargetCatalog(file, catalog);
    return catalog;
  } catch (error) {
    const kept = readCatalogFile(file);
    const why = error instanceof MigrationError ? error.message : String(error);
    context.output.warn(
      `The target could not be looked at: ${why} ${kept === null ? 'Tables that it may hold are not taken into account.' : 'What was seen of it before is used.'}`,
    );
    return kept;
  }
}
