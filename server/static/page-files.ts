/**
 * The built page, read once when the server starts. What is asked for is looked up among the files there were then: no
 * address leads to any other file, however it is written. Every other address is a screen of the page; one that no screen has
 * is answered with the page as well, which says so, but as 404.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context, Handler } from 'hono';
import { getMimeType } from 'hono/utils/mime';
import { MigrationError } from '../../engine/core/errors.ts';
import { answerNothing } from '../guards/answer-error.ts';
import type { ServerEnv } from '../server-env.ts';
import { migrationIds } from '../shapes/migrations.ts';

export interface PageFiles {
  readonly answer: Handler<ServerEnv>;
}

interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly tag: string;
  /** Its name says what it holds: it never changes. */
  readonly lasting: boolean;
  /** Made when it is first asked for. */
  readonly packed: Map<Packing, Promise<Uint8Array<ArrayBuffer>>>;
}

type Packing = 'br' | 'gzip';

/** @throws PAGE_NOT_BUILT */
export function openPageFiles(folder: string): PageFiles {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new MigrationError({
      code: 'PAGE_NOT_BUILT',
      message: 'The page has not been built in this checkout.',
      hint: 'Run “npm run build:page” once, or start with “npm start”, which builds it.',
    });
  }
  const files = readFiles(folder);
  const page = files.get('/index.html')!;
  return {
    answer: (c) => {
      const { path } = c.req;
      const file = files.get(path);
      if (file !== undefined) return send(c, file);
      if (/^\/(api|assets)(\/|$)/.test(path)) return answerNothing(c);
      const known =
        path === '/' ||
        path === '/help' ||
        migrationIds.some((id) => path === `/${id}` || path.startsWith(`/${id}/`));
      return send(c, page, known ? 200 : 404);
    },
  };
}

function readFiles(folder: string): Map<string, PageFile> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return new Map(
    names.map((one) => {
      const path = join(one.parentPath, one.name);
      const address = `/${relative(folder, path).split(sep).join('/')}`;
      return [address, pageFile(address, new Uint8Array(readFileSync(path)))];
    }),
  );
}

function pageFile(address: string, bytes: Uint8Array<ArrayBuffer>): PageFile {
  return {
    bytes,
    type: getMimeType(address) ?? 'application/octet-stream',
    tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`,
    lasting: /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(address),
    packed: new Map(),
  };
}

async function send(c: Context<ServerEnv>, file: PageFile, status: 200 | 404 = 200): Promise<Response> {
  const { bytes, type, tag, lasting } = file;
  c.header('content-type', type);
  c.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
  c.header('etag', tag);
  c.header('vary', 'accept-encoding');
  if (status === 200 && c.req.header('if-none-match') === tag) return c.body(null, 304);
  const packing = packingFor(c.req.header('accept-encoding') ?? '', file);
  if (packing === null) return c.body(bytes, status);
  c.header('content-encoding', packing);
  return c.body(await packed(file, packing), status);
}

function packingFor(accepted: string, { type, bytes }: PageFile): Packing | null {
  const isText = /^(text\/|application\/(javascript|json)|image\/svg)/.test(type);
  if (!isText || bytes.length < 1000) return null;
  const names = accepted.split(',').map((one) => one.split(';')[0]!.trim());
  return names.includes('br') ? 'br' : names.includes('gzip') ? 'gzip' : null;
}

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

function packed({ bytes, packed: known }: PageFile, packing: Packing): Promise<Uint8Array<ArrayBuffer>> {
  const made = known.get(packing) ?? pack(bytes, packing);
  known.set(packing, made);
  return made;
}

async function pack(bytes: Uint8Array, packing: Packing): Promise<Uint8Array<ArrayBuffer>> {
  const smaller =
    packing === 'br'
      ? await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 7 } })
      : await zip(bytes);
  return new Uint8Array(smaller);
}
