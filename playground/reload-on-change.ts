/**
 * The Mastra CLI watches what it has packed, which is only this folder. A change elsewhere touches this folder's instance,
 * and so the CLI starts it anew.
 */
import { utimesSync, watch } from 'node:fs';
import { join } from 'node:path';

const watched = ['agents', 'engine', 'tools', 'workflows'];
const pause = 500;

/** Returns the function that stops watching. */
export function reloadOnChange(root: string): () => void {
  let timer: NodeJS.Timeout | undefined;
  const touch = () => {
    const now = new Date();
    utimesSync(join(root, 'playground', 'instance.ts'), now, now);
  };
  const watchers = watched.map((folder) =>
    watch(join(root, folder), { recursive: true }, (_event, name) => {
      if (name === null || !/\.(ts|md)$/.test(name)) return;
      clearTimeout(timer);
      timer = setTimeout(touch, pause);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
