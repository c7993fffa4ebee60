/**
 * Opens everything that a conversation needs: databases, journey, models, Mastra. Loaded only by the commands that talk,
 * because Mastra alone takes a third of a second and 200 MB.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Mastra } from '@mastra/core';
import { createModels, type Models } from '../agents/model/models.ts';
import { createOfflineGuide } from '../agents/offline-guide/offline-guide.ts';
import { createClock } from '../engine/core/clock.ts';
import type { Config } from '../engine/core/config.ts';
import { type OpenedJourney, openJourney } from '../engine/journey/open-journey.ts';
import { migrationNameOf } from '../engine/plan/migration-name.ts';
import { createMastra, type MastraInUse, openStorage } from '../mastra.config.ts';
import { openConversation, type SpeakingAgent, type ThreadMemory } from './conversation.ts';
import { egressFile } from './egress-file.ts';
import type { GuideAtHand } from './guide-at-hand.ts';
import { type GuidePlace, openPlace, type PlaceWishes } from './guide-place.ts';
import type { Surroundings } from './surroundings.ts';

export interface OpenGuide extends GuideAtHand {
  readonly mastra: Mastra;
  readonly opened: OpenedJourney;
  readonly sample: GuidePlace['sample'];
}

export interface GuideWishes extends PlaceWishes {
  /** Instead of the configured ones. */
  readonly models?: Models;
  /** Instead of the usual place in the folder. */
  readonly egressFile?: string;
}

/** @throws what opening the sample, INVALID_CONFIG and the storage throw; then nothing stays open */
export async function openGuide(surroundings: Surroundings, wishes: GuideWishes): Promise<OpenGuide> {
  const place = await openPlace(surroundings, wishes);
  try {
    return await openAt(surroundings, place, wishes);
  } catch (error) {
    await place.sample?.stop();
    throw error;
  }
}

async function openAt(
  surroundings: Surroundings,
  place: GuidePlace,
  wishes: GuideWishes,
): Promise<OpenGuide> {
  const { config, files, logFolder, launcher } = place;
  const code = surroundings.codeRunners();
  const opened = await openJourney({ config, place: files, logFolder, launcher, code });
  try {
    return assemble(surroundings, place, wishes, opened);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function assemble(
  surroundings: Surroundings,
  { config, files, stateFolder, sample }: GuidePlace,
  wishes: GuideWishes,
  opened: OpenedJourney,
): OpenGuide {
  const { journey, engine, log } = opened;
  const models =
    wishes.models ??
    createModels({
      config,
      log,
      clock: createClock(),
      egressFile: wishes.egressFile ?? egressFile(surroundings),
      offlineGuide: createOfflineGuide(),
    });
  const storage = openStorage(sample === null ? config : { storage: null }, join(stateFolder, 'mastra.db'));
  const inUse = createMastra({ journey, models, log, storage, stateFolder });
  const agent = inUse.mastra.getAgent('orchestrator');
  return {
    voice: { name: models.name, offline: models.offline },
    desk: engine,
    guide: inUse.guide,
    runs: engine,
    journey,
    mastra: inUse.mastra,
    opened,
    sample,
    endsWithUs: sample !== null,
    async converse({ startNew }) {
      const memory = (await agent.getMemory()) as ThreadMemory | undefined;
      if (memory === undefined) throw new Error('The orchestrator has no memory.');
      return openConversation({
        agent: agent as unknown as SpeakingAgent, // of Mastra's many forms of `stream` the one that is used here
        memory,
        resource: resourceOf(config, files.folder),
        startNew,
        now: () => surroundings.now(),
      });
    },
    close: () => closeAll(opened, inUse, sample),
  };
}

/** The migration's name does not change when its plan is made; the folder tells apart two that share a storage. */
function resourceOf({ source }: Config, folder: string): string {
  const place = createHash('sha256').update(folder).digest('hex').slice(0, 8);
  return `${migrationNameOf(source?.database ?? '')}-${place}`;
}

async function closeAll(
  opened: OpenedJourney,
  inUse: MastraInUse,
  sample: GuidePlace['sample'],
): Promise<void> {
  try {
    await inUse.close();
  } finally {
    await opened.close();
    await sample?.stop();
  }
}
