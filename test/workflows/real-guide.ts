/** The guide on the real journey, engine and databases, as an entry point opens it. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../engine/core/config.ts';
import type { GuideView, JourneyGuide } from '../../engine/index.ts';
import { type OpenedJourney, openJourney } from '../../engine/index.ts';
import { compileCache } from '../helpers/compile-cache.ts';
import { openBench } from './guide-bench.ts';

export interface RealGuide extends Pick<OpenedJourney, 'engine' | 'journey'> {
  readonly guide: JourneyGuide;
  close(): Promise<void>;
}

export interface RealGuidePlace {
  readonly folder: string;
  readonly source: string;
  readonly target: string;
  /** For this process, which rehearses. */
  readonly failpoint?: string;
  /** For the process that moves. */
  readonly runFailpoint?: string;
}

const program = fileURLToPath(new URL('../../cli/towpath.js', import.meta.url));

export async function openRealGuide(place: RealGuidePlace): Promise<RealGuide> {
  const { folder, source, target, failpoint, runFailpoint } = place;
  const env = {
    PATH: process.env.PATH,
    ...compileCache(),
    SOURCE_DATABASE_URL: source,
    TARGET_DATABASE_URL: target,
  };
  const opened = await openJourney({
    config: loadConfig({ ...env, TOWPATH_FAILPOINT: failpoint }),
    place: { folder },
    logFolder: join(folder, 'logs'),
    launcher: {
      command: [process.execPath, program],
      cwd: folder,
      env: { ...env, TOWPATH_FAILPOINT: runFailpoint },
    },
  });
  const { guide, mastra } = openBench(opened.journey, folder);
  return {
    engine: opened.engine,
    journey: opened.journey,
    guide,
    async close() {
      await mastra.shutdown();
      await opened.close();
    },
  };
}

/** What it waits for, in two words. */
export function waitsFor({ state, card }: GuideView): string {
  return card === null
    ? state
    : card.kind === 'approval'
      ? `approval ${card.approval.action}`
      : `${card.kind} ${card.step}`;
}
