/** What hostile code could have changed in the process that asked, and where it could have left something. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect } from 'vitest';

const prototypes = [Object, Array, Function, String, Number, Promise, Date, Error, RegExp, Map, Buffer];
const places = ['/', '/tmp/', '/dev/', '/dev/shm/', '/etc/', '/var/tmp/'].flatMap((folder) => [
  `${folder}x`,
  `${folder}towpath-was-here`,
]);

export function watchHost(): { checkUnchanged(): void } {
  const picture = () => ({
    prototypes: prototypes.map(({ prototype }) => Reflect.ownKeys(prototype).map(String).join()),
    globals: Object.getOwnPropertyNames(globalThis).join(),
    environment: { ...process.env },
    folder: process.cwd(),
    files: places.filter((path) => existsSync(path)),
    listeners: process.eventNames().map((name) => `${String(name)} ${process.listenerCount(name)}`),
  });
  const before = picture();
  let visits = 0;
  const server = createServer((socket) => {
    visits++;
    socket.destroy();
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return {
    checkUnchanged() {
      expect(picture()).toEqual(before);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      expect(visits).toBe(0);
    },
  };
}
