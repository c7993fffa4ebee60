/** What a server is made of; entry points and tests hand it down. */
import type { Access } from './access/access.ts';
import type { Sessions } from './access/sessions.ts';
import type { Guards } from './guards/guards.ts';
import type { Live } from './live/live.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { Migrations } from './migrations/migrations.ts';
import type { PageFiles } from './static/page-files.ts';

export interface ServerDependencies {
  readonly access: Access;
  readonly sessions: Sessions;
  readonly guards: Guards;
  readonly migrations: Migrations;
  /** Events and conversations of open migrations. */
  readonly live: Live;
  readonly metrics: Metrics;
  readonly page: PageFiles;
  readonly version: string;
}
