/** Where a conversation's files lie, what it connects to, and how it starts the processes that move records. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, type Environment, loadConfig } from '../engine/core/config.ts';
import type { Launcher } from '../engine/journey/launch-run.ts';
import { usualPlan } from '../engine/workspace/places.ts';
import type { WorkspacePlace } from '../engine/workspace/workspace.ts';
import { startFreshSample } from './fresh-sample.ts';
import { openSampleDatabases, type SampleDatabases } from './sample-databases.ts';
import type { Surroundings } from './surroundings.ts';

export interface GuidePlace {
  readonly config: Config;
  readonly files: WorkspacePlace;
  readonly stateFolder: string;
  readonly logFolder: string;
  readonly launcher: Omit<Launcher, 'folder'>;
  readonly sample: SampleDatabases | null;
}

export interface PlaceWishes {
  /** `fresh-sample`: one that nobody has touched, gone afterwards with everything but log and reports. */
  readonly databases: 'sample' | 'configured' | 'fresh-sample';
  readonly scale: number | null;
  readonly onProgress?: Parameters<typeof openSampleDatabases>[0]['onProgress'];
}

export async function openPlace(surroundings: Surroundings, wishes: PlaceWishes): Promise<GuidePlace> {
  if (wishes.databases === 'configured') return configuredPlace(surroundings);
  if (wishes.databases === 'fresh-sample') return freshPlace(surroundings, wishes.scale);
  const { scale, onProgress } = wishes;
  const folder = surroundings.path(join('.towpath', 'sample'));
  const sample = await openSampleDatabases({
    folder,
    scale,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  if (sample.made) forget(folder);
  return samplePlace(surroundings, { folder, logFolder: join(folder, 'logs') }, sample);
}

/** Plan, catalog and conversations about a sample that is gone would be about nothing. */
function forget(folder: string): void {
  for (const name of ['.towpath', usualPlan]) rmSync(join(folder, name), { recursive: true, force: true });
}

async function freshPlace(surroundings: Surroundings, scale: number | null): Promise<GuidePlace> {
  const sample = await startFreshSample(scale);
  const folder = mkdtempSync(join(tmpdir(), 'towpath-script-'));
  const stop = async () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    await sample.stop();
  };
  return samplePlace(surroundings, { folder, logFolder: surroundings.path('logs') }, { ...sample, stop });
}

async function configuredPlace(surroundings: Surroundings): Promise<GuidePlace> {
  const { folder, env, settingsFile } = surroundings;
  const settings = settingsFile === null ? [] : ['--config', settingsFile];
  return {
    config: await surroundings.config(),
    files: { folder, planPath: surroundings.planPath },
    stateFolder: surroundings.path('.towpath'),
    logFolder: surroundings.path('logs'),
    launcher: {
      command: [...surroundings.towpath, ...settings],
      cwd: folder,
      env: withoutModel(env),
    },
    sample: null,
  };
}

/** Everything in a folder of its own; only reports go where reports go. */
async function samplePlace(
  surroundings: Surroundings,
  { folder, logFolder }: { readonly folder: string; readonly logFolder: string },
  sample: SampleDatabases,
): Promise<GuidePlace> {
  const environment = await surroundings.environment();
  const urls = { SOURCE_DATABASE_URL: sample.sourceUrl, TARGET_DATABASE_URL: sample.targetUrl };
  return {
    config: loadConfig({ ...withoutDatabases(environment), ...urls }),
    files: { folder, reportFolder: surroundings.path('reports') },
    stateFolder: join(folder, '.towpath'),
    logFolder,
    launcher: {
      command: surroundings.towpath,
      cwd: folder,
      env: { ...withoutModel(withoutDatabases(surroundings.env)), ...urls },
    },
    sample,
  };
}

/** A configured database must not come near the sample. */
function withoutDatabases(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(SOURCE|TARGET|SUPABASE)_/.test(name)));
}

/** What moves records needs no model. */
function withoutModel(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^OPENAI_/.test(name)));
}
