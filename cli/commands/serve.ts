/** `towpath serve`: the page, and the API that it and scripts use. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { CommandModule, Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { wholeNumber } from '../option-values.ts';

interface ServeOptions {
  readonly port: number;
  readonly as?: string;
}

export const serveCommand: CommandModule<ServeOptions> = {
  configure(command) {
    command
      .option('--port <n>', 'where it listens (0: any free one)', wholeNumber(0, 65_535), 4400)
      .option('--as <name>', 'who decides approvals (default: the user of this computer)')
      .addHelpText(
        'after',
        '\nListens on this computer only. The printed address holds a token: whoever has it can approve.\nCtrl-C ends the page; a migration that is moving goes on in a process of its own.',
      );
  },
  run: serve,
};

async function serve(context: Context, options: ServeOptions): Promise<ExitCode> {
  const { world, output } = context;
  const config = await context.config();
  const [
    { createApp },
    { startServer },
    { createOwnerAccess },
    { createGuards },
    { createMigrations },
    files,
    places,
  ] = await Promise.all([
    import('../../server/app.ts'),
    import('../../server/start-server.ts'),
    import('../../server/access/access.ts'),
    import('../../server/guards/guards.ts'),
    import('../../server/migrations/migrations.ts'),
    import('../../server/static/page-files.ts'),
    import('../serve/migration-sources.ts'),
  ]);
  const token = config.token?.reveal() ?? randomBytes(24).toString('base64url');
  const owner = { name: options.as ?? world.userName, role: 'approver' as const };
  const page = files.openPageFiles(join(import.meta.dirname, '..', '..', 'web', 'dist'));
  const migrations = createMigrations(places.migrationSources(context, config));
  const app = createApp({
    access: createOwnerAccess(token, owner),
    guards: createGuards(),
    migrations,
    page,
    version: '0.1.0',
  });
  const ended = new Promise<void>((resolve) => world.onInterrupt(resolve));
  const server = await startServer(app, { host: '127.0.0.1', port: options.port });
  const address = `http://127.0.0.1:${server.port}/enter?token=${token}`;
  output.result({ status: 'listening', address });
  output.say(`Open ${address}`, 'Ctrl-C ends the page; a migration that is moving goes on.');
  await ended;
  await server.close();
  await migrations.close();
  return exitCode.done;
}
