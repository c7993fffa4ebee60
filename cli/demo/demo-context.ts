/** The context of the demo's own steps: its two databases, its own folder, and a narrator instead of each command's words. */
import { join } from 'node:path';
import type { DemoDatabases } from '../../desk/sample-server.ts';
import { usualReports } from '../../engine/workspace/places.ts';
import type { Context, World } from '../command.ts';
import { createContext } from '../context.ts';

const folder = join('.towpath', 'demo');

/** Reports go where reports go; plan, catalog, log and checkpoints stay in the demo's folder. */
export function createDemoContext(context: Context, { sourceUrl, targetUrl }: DemoDatabases): Context {
  const world: World = {
    ...context.world,
    cwd: context.path(folder),
    env: {
      SOURCE_DATABASE_URL: sourceUrl,
      TARGET_DATABASE_URL: targetUrl,
      LOG_LEVEL: context.world.env.LOG_LEVEL,
    },
    onInterrupt: () => () => {}, // Ctrl-C ends the whole demo, see demo.ts
  };
  const own = createContext(world, { verbose: context.verbose });
  return {
    ...own,
    quiet: true,
    output: { ...own.output, say() {}, result() {}, jsonLine() {} },
    path: (name) => (name === usualReports ? context.path(name) : own.path(name)),
  };
}
