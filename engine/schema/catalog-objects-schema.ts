/** zod schemas of what stands in catalog-objects.ts. */
import { z } from 'zod';

const tableName = { schema: z.string(), name: z.string() };
const named = z.object(tableName);
const flag = z.boolean().optional();

export const hangingFields = {
  otherParents: z.array(named).optional(),
  partitioning: z
    .object({
      strategy: z.enum(['range', 'list', 'hash']),
      key: z.string(),
      columns: z.array(z.string()).nullable(),
    })
    .optional(),
  bound: z.string().optional(),
  unlogged: flag,
  owner: z.string().optional(),
  grants: z
    .array(z.object({ grantee: z.string(), privileges: z.array(z.string()), column: z.string().optional() }))
    .optional(),
  triggers: z
    .array(z.object({ name: z.string(), definition: z.string(), calls: named, enabled: z.boolean() }))
    .optional(),
  rules: z.array(z.object({ name: z.string(), definition: z.string() })).optional(),
  policies: z
    .array(
      z.object({
        name: z.string(),
        permissive: z.boolean(),
        command: z.enum(['all', 'select', 'insert', 'update', 'delete']),
        roles: z.array(z.string()),
        using: z.string().nullable(),
        check: z.string().nullable(),
      }),
    )
    .optional(),
  rowSecurityForced: flag,
  view: z.object({ definition: z.string(), reads: z.array(named) }).optional(),
  foreign: z.object({ server: z.string(), wrapper: z.string() }).optional(),
};

export const besidesTables = {
  composites: z
    .array(z.object({ ...tableName, fields: z.array(z.object({ name: z.string(), type: z.string() })) }))
    .optional(),
  ranges: z
    .array(z.object({ ...tableName, subtype: z.string(), multirange: z.string().nullable() }))
    .optional(),
  sequences: z
    .array(
      z.object({
        ...tableName,
        type: z.string(),
        start: z.string(),
        increment: z.string(),
        cycle: z.boolean(),
        lastValue: z.string().nullable(),
        owner: z.object({ ...tableName, column: z.string(), identity: z.boolean() }).nullable(),
      }),
    )
    .optional(),
  extensions: z.array(z.object({ name: z.string(), schema: z.string(), version: z.string() })).optional(),
  objects: z
    .array(
      z.object({
        kind: z.enum([
          ...(['aggregate', 'check', 'collation', 'column-collation', 'column-default'] as const),
          ...(['comment', 'composite-type', 'domain', 'enum', 'event-trigger'] as const),
          ...(['exclusion', 'extension', 'foreign-key', 'foreign-server', 'foreign-table'] as const),
          ...(['function', 'generated-column', 'grant', 'index', 'large-objects'] as const),
          ...(['materialized-view', 'operator', 'owner', 'partition', 'policy'] as const),
          ...(['procedure', 'publication', 'range-type', 'rule', 'schema'] as const),
          ...(['sequence', 'statistics', 'subscription', 'text-search', 'trigger'] as const),
          ...(['unique-key', 'unlogged', 'view'] as const),
        ]),
        schema: z.string().nullable(),
        name: z.string(),
        table: named.optional(),
        what: z.string(),
        fate: z.enum(['left', 'replaced']),
        reason: z.string(),
      }),
    )
    .optional(),
};
