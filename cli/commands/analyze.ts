/** `towpath analyze`: reads the source's structure and a bounded sample, and keeps it as a catalog file. */

import type { Catalog } from '../../engine/schema/catalog.ts';
import { writeJsonFile } from '../../engine/workspace/files.ts';
import { usualCatalog } from '../../engine/workspace/places.ts';
import type { CommandModule, Context } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { list } from '../option-values.ts';
import { catalogLines } from '../text/catalog-lines.ts';

interface AnalyzeOptions {
  readonly schema?: readonly string[];
  readonly output: string;
}

export const analyzeCommand: CommandModule<AnalyzeOptions> = {
  configure(command) {
    command
      .option('--schema <names>', 'only these schemas, separated by commas (default: all of them)', list)
      .option('--output <file>', 'where to keep the catalog', usualCatalog)
      .addHelpText('after', '\nOnly reads. Example:\n  towpath analyze --schema public,billing');
  },
  async run(context, options) {
    const catalog = await analyze(context, options);
    const file = context.path(options.output);
    context.output.result({ status: 'success', file, catalog });
    context.output.say(...catalogLines(catalog), '', `Kept in ${file}. Next: towpath plan`);
    return exitCode.done;
  },
};

export async function analyze(context: Context, options: AnalyzeOptions): Promise<Catalog> {
  const catalog = await context.withEngine('source', (engine) =>
    engine.analyze(options.schema === undefined ? {} : { schemas: options.schema }),
  );
  writeJsonFile(context.path(options.output), catalog);
  return catalog;
}
