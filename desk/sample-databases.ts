/**
 * The sample databases of a conversation: an embedded PostgreSQL, made once and kept, so that a conversation that was
 * stopped goes on where it was. It runs as long as this process does. A note beside the data says that both databases are
 * complete; without it they are made again.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { MigrationError } from '../engine/core/errors.ts';
import { readTextFile, writeJsonFile } from '../engine/workspace/files.ts';
import { createSample, type SampleProgress } from '../sample/create-sample.ts';
import type { EmbeddedServer } from '../sample/postgres/server.ts';
import { outlineSupabase } from '../sample/supabase/outline.ts';
import { onDatabase } from './on-database.ts';
import { findSampleHome, startSampleServer } from './sample-home.ts';

export const defaultScale = 0.02;

export interface SampleDatabases {
  readonly sourceUrl: string;
  readonly targetUrl: string;
  readonly scale: number;
  readonly rows: number;
  /** False: they were here already. */
  readonly made: boolean;
  stop(): Promise<void>;
}

export interface SampleWishes {
  /** Everything about the sample is kept in here. */
  readonly folder: string;
  /** Null: as large as the one that is kept, or the usual size. */
  readonly scale: number | null;
  readonly onProgress?: (progress: SampleProgress) => void;
}

const note = z.object({ scale: z.number(), rows: z.number() });
type Note = z.infer<typeof note>;

/** @throws SAMPLE_OF_ANOTHER_SIZE, DATA_FOLDER_IN_USE */
export async function openSampleDatabases(wishes: SampleWishes): Promise<SampleDatabases> {
  const kept = readNote(noteFile(findSampleHome(wishes.folder)));
  if (kept !== null && wishes.scale !== null && wishes.scale !== kept.scale) {
    throw anotherSize(kept, wishes.folder);
  }
  const server = await startSampleServer(wishes.folder);
  try {
    const filled = kept ?? (await fill(server, wishes));
    if (kept === null) writeJsonFile(noteFile(server.dataFolder), filled);
    return {
      sourceUrl: server.url('legacy'),
      targetUrl: server.url('supabase'),
      ...filled,
      made: kept === null,
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

const noteFile = (home: string) => join(home, 'sample.json');

async function fill(server: EmbeddedServer, { scale, onProgress }: SampleWishes): Promise<Note> {
  for (const name of ['legacy', 'supabase']) {
    await server.dropDatabase(name); // half made by a process that was stopped
    await server.createDatabase(name);
  }
  const size = scale ?? defaultScale;
  const sample = await createSample(server.url('legacy'), {
    scale: size,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  await onDatabase(server.url('supabase'), outlineSupabase);
  await forgetDefects(server.url('legacy'));
  return { scale: size, rows: sample.rows };
}

/** The list of planted defects is for tests and the demo; nobody's old database has one. */
export async function forgetDefects(sourceUrl: string): Promise<void> {
  await onDatabase(sourceUrl, (client) => client.query('drop schema sample cascade'));
}

function readNote(path: string): Note | null {
  try {
    return note.parse(JSON.parse(readTextFile(path) ?? 'null'));
  } catch {
    return null;
  }
}

function anotherSize({ scale }: Note, folder: string): MigrationError {
  return new MigrationError({
    code: 'SAMPLE_OF_ANOTHER_SIZE',
    message: `The sample that is kept here has scale ${scale}.`,
    hint: `Leave --scale out to go on with it, or remove ${folder} to start over with another size.`,
  });
}
