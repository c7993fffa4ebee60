/** What every declaration of a route is made of: one migration in the address, JSON both ways, problems as documents. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { needs } from '../access/needs.ts';
import { refuseInput } from '../guards/answer-error.ts';
import type { ServerEnv } from '../server-env.ts';
import type { Role } from '../shapes/access.ts';
import { migrationId } from '../shapes/migrations.ts';
import { problem } from '../shapes/problem.ts';

export const ofMigration = '/api/v1/migrations/{id}';
export const params = z.object({ id: migrationId });

/** Routes of one subject; input that does not fit is told as a problem. */
export function createRoutes(): OpenAPIHono<ServerEnv> {
  return new OpenAPIHono<ServerEnv>({ defaultHook: refuseInput });
}

/** Who may ask. A role may do all that the roles before it may. */
export function asks(role: Role) {
  return { middleware: needs(role), description: `Needs the role of ${role}.`, security: [{ token: [] }] };
}

const refused = {
  description: 'Why not, and what to do',
  content: { 'application/problem+json': { schema: problem } },
};

export function answers<Shape extends z.ZodType>(description: string, schema: Shape) {
  return { 200: { description, content: { 'application/json': { schema } } }, default: refused };
}

/** A download in one of these forms. */
export function files(description: string, types: readonly string[]) {
  const formOf = (type: string) => (type === 'application/json' ? z.unknown() : z.string());
  const content = Object.fromEntries(types.map((type) => [type, { schema: formOf(type) }]));
  return { 200: { description, content }, default: refused };
}

/** Server-sent events; each message is one document of this shape. */
export function streams<Shape extends z.ZodType>(description: string, schema: Shape) {
  return { 200: { description, content: { 'text/event-stream': { schema } } }, default: refused };
}

/** It is under way; look again later. */
export function accepts<Shape extends z.ZodType>(description: string, schema: Shape) {
  return { 202: { description, content: { 'application/json': { schema } } }, default: refused };
}

export function body<Shape extends z.ZodType>(schema: Shape) {
  return { required: true, content: { 'application/json': { schema } } } as const;
}

/** Only what the shape names leaves the server. */
export function said<Shape extends z.ZodType>(shape: Shape, value: z.input<Shape>): z.output<Shape> {
  return shape.parse(value);
}

/** For what many are given at once: the same look is made into words and checked a single time. */
export function saidOnce<Look extends object, Shape extends z.ZodType>(
  shape: Shape,
  valueFrom: (look: Look) => z.input<Shape>,
): (look: Look) => z.output<Shape> {
  const known = new WeakMap<Look, z.output<Shape>>();
  return (look) => {
    const answer = known.get(look) ?? said(shape, valueFrom(look));
    known.set(look, answer);
    return answer;
  };
}
