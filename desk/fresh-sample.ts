/** A sample that nobody has touched, on a server that is thrown away: for scripts and the exam. */

import { defaultScale, forgetDefects, type SampleDatabases } from './sample-databases.ts';
import { startDemoServer } from './sample-server.ts';

export async function startFreshSample(scale: number | null): Promise<SampleDatabases> {
  const server = await startDemoServer();
  try {
    const size = scale ?? defaultScale;
    const { sourceUrl, targetUrl, sample } = await server.fill({ scale: size, onProgress: () => {} });
    await forgetDefects(sourceUrl);
    return { sourceUrl, targetUrl, scale: size, rows: sample.rows, made: true, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
