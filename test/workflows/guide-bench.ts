/** A Mastra instance with the workflows, on a LibSQL file of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mastra } from '@mastra/core';
import { LibSQLStore } from '@mastra/libsql';
import { createSilentLog } from '../../engine/core/log.ts';
import type { Journey, JourneyGuide } from '../../engine/index.ts';
import { createFileLease } from '../../workflows/file-lease.ts';
import { createJourneyGuide } from '../../workflows/journey-runner.ts';
import { createWorkflows } from '../../workflows/workflows.ts';

export interface Bench {
  readonly mastra: Mastra;
  readonly workflows: ReturnType<typeof createWorkflows>;
  readonly guide: JourneyGuide;
}

/** What mastra.config.ts does for its part. Two of them on one folder are two processes, but for the memory they share. */
export function openBench(journey: Journey, folder: string): Bench {
  const log = createSilentLog();
  const lease = createFileLease(join(folder, 'guide.lock'));
  const workflows = createWorkflows({ journey, log, lease, lookMilliseconds: 300 });
  const guide = createJourneyGuide({ workflow: workflows.guidedMigration, journey, log, lease });
  const storage = new LibSQLStore({ id: 'test', url: `file:${join(folder, 'mastra.db')}` });
  const mastra = new Mastra({ workflows, storage, logger: false });
  return { mastra, workflows, guide };
}

export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'towpath-workflows-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
