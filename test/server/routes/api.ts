/** The REST API on real databases, asked without a port, as three people with three roles. */
import { readFileSync } from 'node:fs';
import { OpenAPIHono } from '@hono/zod-openapi';
import { expect } from 'vitest';
import { z } from 'zod';
import { identify } from '../../../server/access/identify.ts';
import { answerError } from '../../../server/guards/answer-error.ts';
import {
  createMigrations,
  type Desk,
  type MigrationSource,
  type Migrations,
} from '../../../server/migrations/migrations.ts';
import { restRoutes } from '../../../server/routes/rest.ts';
import type { ServerEnv } from '../../../server/server-env.ts';
import type { Role } from '../../../server/shapes/access.ts';
import { openProduct, type Product, type ProductOptions } from '../../scenarios/agents/product.ts';

export const voice = { name: 'offline guide (no AI model)', offline: true };

export interface Answer<Body> {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly body: Body;
}

export interface Api {
  readonly migrations: Migrations;
  /** Paths below /api/v1. What comes back is compared with docs/openapi.json. */
  get<Body = unknown>(path: string, as?: Role | null): Promise<Answer<Body>>;
  post<Body = unknown>(path: string, body?: unknown, as?: Role | null): Promise<Answer<Body>>;
}

export const people: Readonly<Record<Role, string>> = {
  viewer: 'Vera View',
  operator: 'Otto Operate',
  approver: 'Ada Approve',
};

export function openApi(sources: readonly MigrationSource[]): Api {
  const migrations = createMigrations(sources);
  const app = new OpenAPIHono<ServerEnv>();
  app.onError(answerError);
  const visitorOf = async (token: string) =>
    token in people ? { name: people[token as Role], role: token as Role } : null;
  app.use('/api/*', identify({ visitorOf }));
  app.route('/', restRoutes({ migrations }));

  async function ask<Body>(
    method: 'GET' | 'POST',
    path: string,
    body: unknown,
    as: Role | null,
  ): Promise<Answer<Body>> {
    const headers = {
      ...(as === null ? {} : { authorization: `Bearer ${as}` }),
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
    };
    const answer = await app.request(`/api/v1${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? '';
    const parsed = (/json/.test(type) ? JSON.parse(text) : text) as Body;
    if (/json/.test(type)) expectDeclared(method, path, { status: answer.status, type, body: parsed });
    return { status: answer.status, type, text, body: parsed };
  }

  return {
    migrations,
    get: (path, as = 'viewer') => ask('GET', path, undefined, as),
    post: (path, body, as = 'operator') => ask('POST', path, body, as),
  };
}

/** A migration whose desk is the product on these databases. */
export function productSource(
  id: MigrationSource['id'],
  options: ProductOptions,
): MigrationSource & { product(): Product } {
  let opened: Product | undefined;
  return {
    id,
    name: 'The lab',
    source: null,
    target: null,
    voice,
    exists: () => true,
    product: () => opened!,
    async open() {
      opened = await openProduct(options);
      return deskOf(opened);
    },
  };
}

function deskOf(product: Product): Desk {
  const { engine, journey, workspace, guide } = product;
  return {
    voice,
    desk: engine,
    guide,
    runs: engine,
    journey,
    opened: { engine, journey, workspace },
    converse: () => Promise.reject(new Error('Nobody talks in these tests.')),
    endsWithUs: false,
    close: () => product.close(),
  };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}
interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}
interface Media {
  readonly schema: object;
}

const document = JSON.parse(
  readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8'),
) as Document;
const shapes = new Map<object, z.ZodType>();

/** The answer has the form that the document promises for this address. */
function expectDeclared(
  method: string,
  path: string,
  { status, type, body }: { readonly status: number; readonly type: string; readonly body: unknown },
): void {
  const responses = operationOf(method, path)?.responses ?? {};
  const media = (responses[status] ?? responses.default)?.content?.[type.split(';')[0]!];
  expect(media, `${method} ${path} answered ${status} ${type}, which is not declared`).toBeDefined();
  const { schema } = media!;
  const shape = shapes.get(schema) ?? shapeOf(schema);
  shapes.set(schema, shape);
  const read = shape.safeParse(body);
  expect(read.error?.issues ?? [], `${method} ${path}`).toEqual([]);
}

function operationOf(method: string, path: string): Operation | undefined {
  const address = `/api/v1${path.split('?')[0]}`;
  const fits = Object.keys(document.paths)
    .filter((declared) => new RegExp(`^${declared.replace(/\{\w+\}/g, '[^/]+')}$`).test(address))
    .sort((a, b) => a.split('{').length - b.split('{').length);
  return fits.map((declared) => document.paths[declared]![method.toLowerCase()]).find((found) => found);
}

function shapeOf(schema: object): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
  return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')));
}
