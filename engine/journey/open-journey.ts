/**
 * Opens a journey for an entry point: the engine on the configured databases, the files of the folder, the launcher of runs.
 * A database that is not configured is told by the step that needs it, so that a conversation can begin without any.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { CodeRunners } from '../contract/code.ts';
import type { Engine } from '../contract/contract.ts';
import type { Journey } from '../contract/journey.ts';
import { createClock } from '../core/clock.ts';
import type { Config, ConnectionConfig } from '../core/config.ts';
import { createLog, type Log } from '../core/log.ts';
import { openEngine } from '../run/open-engine.ts';
import { createWorkspace, type Workspace, type WorkspacePlace } from '../workspace/workspace.ts';
import { createJourney } from './journey.ts';
import { withoutConsent } from './journey-engine.ts';
import { createRunLauncher, type Launcher } from './launch-run.ts';

export interface JourneyRequest {
  readonly config: Config;
  readonly place: WorkspacePlace;
  readonly logFolder: string;
  /** How runs are started; their output is kept in the state folder. */
  readonly launcher: Omit<Launcher, 'folder'>;
  /** What runs the code of a plan in rehearsals and checks; closed with the journey. */
  readonly code?: CodeRunners | null;
}

export interface OpenedJourney {
  /** For the entry point itself, which decides approvals on behalf of a person. Never handed to tools or workflows. */
  readonly engine: Engine;
  readonly journey: Journey;
  readonly workspace: Workspace;
  readonly log: Log;
  close(): Promise<void>;
}

export async function openJourney({
  config,
  place,
  logFolder,
  launcher,
  code = null,
}: JourneyRequest): Promise<OpenedJourney> {
  const clock = createClock();
  const log = createLog({ level: config.logLevel, folder: logFolder, clock, correlationId: randomUUID() });
  const engine = await openEngine({ config, needs: 'none', readOnlyTarget: false, logFolder, code });
  const workspace = createWorkspace(place);
  const journey = createJourney({
    engine: withoutConsent(engine),
    workspace,
    launch: createRunLauncher({ ...launcher, folder: join(place.folder, '.towpath', 'runs') }),
    clock,
    names: { source: nameOf(config.source), target: nameOf(config.target) },
  });
  return {
    engine,
    journey,
    workspace,
    log,
    async close() {
      await engine.close();
      await code?.close();
      log.close();
    },
  };
}

function nameOf(connection: ConnectionConfig | null): string | null {
  return connection === null ? null : `${connection.database} on ${connection.host}`;
}
