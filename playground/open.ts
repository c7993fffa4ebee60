/** Builds the playground's instance from its environment: the real journey, the models, and a storage of its own. */
import { join } from 'node:path';
import type { Mastra } from '@mastra/core';
import { createModels } from '../agents/model/models.ts';
import { createOfflineGuide } from '../agents/offline-guide/offline-guide.ts';
import { codeRunners } from '../cli/sandbox/code-runners.ts';
import { createClock } from '../engine/core/clock.ts';
import { type Environment, loadConfig } from '../engine/core/config.ts';
import { openJourney } from '../engine/journey/open-journey.ts';
import { createMastra, openStorage } from '../mastra.config.ts';
import { folderVariable, loopback, usualPort } from './settings.ts';

export interface Playground {
  readonly mastra: Mastra;
  close(): Promise<void>;
}

export async function openPlayground(env: Environment): Promise<Playground> {
  const folder = env[folderVariable];
  if (folder === undefined) throw new Error('Start the playground with: npm run dev');
  const stateFolder = join(folder, '.towpath');
  const config = loadConfig(env);
  const opened = await openJourney({
    config,
    place: { folder },
    logFolder: join(folder, 'logs'),
    launcher: {
      command: [process.execPath, join(import.meta.dirname, '..', 'cli', 'towpath.js')],
      cwd: folder,
      env: withoutModel(env),
    },
    code: codeRunners(async () => env),
  });
  const { journey, log } = opened;
  const models = createModels({
    config,
    log,
    clock: createClock(),
    egressFile: join(stateFolder, 'egress.jsonl'),
    offlineGuide: createOfflineGuide(),
  });
  // Never a live server's, also where one is configured: the Mastra CLI restarts every unfinished workflow in it
  // whenever a file changes.
  const storage = openStorage({ storage: null }, join(stateFolder, 'playground.db'));
  const server = { host: loopback, port: Number(env.PORT ?? usualPort) };
  const { mastra, close } = createMastra({ journey, models, log, storage, stateFolder, server });
  return {
    mastra,
    async close() {
      await close();
      await opened.close();
    },
  };
}

/** What moves records needs no model. */
function withoutModel(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('OPENAI_')));
}
