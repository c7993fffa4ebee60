/** A command's context as a desk sees it. */
import { join } from 'node:path';
import type { Surroundings } from '../desk/surroundings.ts';
import type { Context } from './command.ts';
import { codeRunners } from './sandbox/code-runners.ts';

const door = join(import.meta.dirname, 'towpath.js');

export function surroundingsOf(context: Context): Surroundings {
  const { world, planPath, settingsFile } = context;
  return {
    env: world.env,
    folder: world.cwd,
    planPath,
    settingsFile,
    towpath: [process.execPath, door],
    path: context.path,
    config: () => context.config(),
    environment: context.environment,
    codeRunners: () => codeRunners(context.environment),
    now: () => world.clock.now(),
  };
}
