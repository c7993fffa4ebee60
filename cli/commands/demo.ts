import type { CommandModule } from '../command.ts';
import { exitCode } from '../exit-codes.ts';

export const demoCommand: CommandModule<Record<string, never>> = {
  configure() {},
  async run() {
    return exitCode.done;
  },
};
