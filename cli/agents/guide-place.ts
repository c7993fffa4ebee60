/** Where a conversation's files lie, what it connects to, and how it starts the processes that move records. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, type Environment, loadConfig } from '../../engine/core/config.ts';
import type { Launcher } from '../../engine/journey/launch-run.ts';
import { usualPlan } from '../../engine/workspace/places.ts';
import type { WorkspacePlace } from '../../engine/workspace/workspace.ts';
import type { Context } from '../command.ts';
import type { DatabaseChoice } from './choose-databases.ts';
import { startFreshSample } from './fresh-sample.ts';
import { openSampleDatabases, type SampleDatabases } from './sample-databases.ts';

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
  readonly databases: DatabaseChoice | 'fresh-sample';
  readonly scale: number | null;
  readonly onProgress?: Parameters<typeof openSampleDatabases>[0]['onProgress'];
}

const door = join(import.meta.dirname, '..', 'towpath.js');

export async function openPlace(context: Context, wishes: PlaceWishes): Promise<GuidePlace> {
  if (wishes.databases === 'configured') return configuredPlace(context);
  if (wishes.databases === 'fresh-sample') return freshPlace(context, wishes.scale);
  const { scale, onProgress } = wishes;
  const folder = context.path(join('.towpath', 'sample'));
  const sample = await openSampleDatabases({
    folder,
    scale,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  if (sample.made) forget(folder);
  return samplePlace(context, { folder, logFolder: join(folder, 'logs') }, sample);
}

/** Plan, catalog and conversations about a sample that is gone would be about nothing. */
function forget(folder: string): void {
  for (const name of ['.towpath', usualPlan]) rmSync(join(folder, name), { recursive: true, force: true });
}

async function freshPlace(context: Context, scale: number | null): Promise<GuidePlace> {
  const sample = await startFreshSample(scale);
  const folder = mkdtempSync(join(tmpdir(), 'towpath-script-'));
  const stop = async () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    await sample.stop();
  };
  return samplePlace(context, { folder, logFolder: context.path('logs') }, { ...sample, stop });
}

async function configuredPlace(context: Context): Promise<GuidePlace> {
  const { world, settingsFile } = context;
  const settings = settingsFile === null ? [] : ['--config', settingsFile];
  return {
    config: await context.config(),
    files: { folder: world.cwd, planPath: context.planPath },
    stateFolder: context.path('.towpath'),
    logFolder: context.path('logs'),
    launcher: {
      command: [process.execPath, door, ...settings],
      cwd: world.cwd,
      env: withoutModel(world.env),
    },
    sample: null,
  };
}

/** Everything in a folder of its own; only reports go where reports go. */
async function samplePlace(
  context: Context,
  { folder, logFolder }: { readonly folder: string; readonly logFolder: string },
  sample: SampleDatabases,
): Promise<GuidePlace> {
  const environment = await context.environment();
  const urls = { SOURCE_DATABASE_URL: sample.sourceUrl, TARGET_DATABASE_URL: sample.targetUrl };
  return {
    config: loadConfig({ ...withoutDatabases(environment), ...urls }),
    files: { folder, reportFolder: context.path('reports') },
    stateFolder: join(folder, '.towpath'),
    logFolder,
    launcher: {
      command: [process.execPath, door],
      cwd: folder,
      env: { ...withoutModel(withoutDatabases(context.world.env)), ...urls },
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
