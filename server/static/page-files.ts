/** The built page. Every address that is no file is a screen of the page. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Handler } from 'hono';
import { MigrationError } from '../../engine/core/errors.ts';
import type { ServerEnv } from '../server-env.ts';

export interface PageFiles {
  readonly answer: Handler<ServerEnv>;
}

/** @throws PAGE_NOT_BUILT */
export function openPageFiles(folder: string): PageFiles {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) {
    throw new MigrationError({
      code: 'PAGE_NOT_BUILT',
      message: 'The page has not been built in this checkout.',
      hint: 'Run “npm run build:page” once, or start with “npm start”, which builds it.',
    });
  }
  const html = readFileSync(index, 'utf8');
  const files = serveStatic<ServerEnv>({ root: folder });
  return {
    answer: async (c) => {
      if (c.req.path.startsWith('/api/')) return c.notFound();
      const file = /\.\w+$/.test(c.req.path) ? await files(c, async () => {}) : undefined;
      if (file instanceof Response) return file;
      return c.html(html, 200, { 'cache-control': 'no-store' });
    },
  };
}
