/** The plan: as a picture, entity by entity, and what a change of it would do. Values of examples are masked where they are personal. */
import { z } from 'zod';
import { changeFacts, mappingFacts, planChange, planFacts } from '../../engine/contract/facts.ts';
import { told } from './told.ts';

export type { PlanChange } from '../../engine/contract/facts.ts';
export type MappingFacts = z.infer<typeof mappingFacts>;

/** An entity as the picture of the plan draws it. */
export const picturedEntity = z.object({
  /** As the API takes it: `case_files`. */
  name: z.string(),
  /** As people read it: `Case files`. */
  title: z.string(),
  from: z.string(),
  to: z.string(),
  level: z.number(),
  rows: z.number(),
  financial: z.boolean(),
  difficulty: z.enum(['easy', 'moderate', 'hard']),
  columns: z.number(),
  /** How many of them are less than sure. */
  unsure: z.number(),
  /** Numbers of the questions about it that must still be answered. */
  questions: z.array(z.number()),
  /** Entities that it points to, each once; itself among them where rows point at each other. */
  references: z.array(
    z.object({
      entity: z.string(),
      columns: z.array(z.string()),
      /** Filled in once the other one has moved. */
      later: z.boolean(),
    }),
  ),
});
export type PicturedEntity = z.infer<typeof picturedEntity>;

/** `data.levels` counts the levels; `data.excluded` is what is left behind. */
export const planView = told(
  planFacts.extend({
    picture: z.array(picturedEntity),
    /** Newest yes to a plan of this migration; null: none was ever given. */
    approved: z
      .object({
        hash: z.string(),
        by: z.string(),
        at: z.string(),
        /** `retry-quarantine`: with the changes that let rows set aside fit. */
        action: z.enum(['rehearse', 'migrate', 'retry-quarantine']),
        /** False: the plan has changed since. */
        current: z.boolean(),
      })
      .nullable(),
    /** Questions that must still be answered. */
    questions: z.number(),
  }),
);
export type PlanView = z.infer<typeof planView>;

/** `after` null with `misfit`: the value does not fit, and why. */
export const columnExample = z.object({
  before: z.string().nullable(),
  after: z.string().nullable(),
  misfit: z.string().nullable(),
});
export type ColumnExample = z.infer<typeof columnExample>;

export const entityView = told(
  mappingFacts.extend({
    title: z.string(),
    /** Column of the new table → a few of its values; a column without an entry has none to show. */
    examples: z.record(z.string(), z.array(columnExample)),
    /** Why there are none; null where there are. */
    withoutExamples: z.string().nullable(),
    needs: z.array(z.string()),
    neededBy: z.array(z.string()),
    /** Columns that hold personal data, by their name in the new table. */
    personal: z.array(z.string()),
    /** Open questions about it; `column` null: about all of it. */
    questions: z.array(z.object({ number: z.number(), column: z.string().nullable() })),
    /** Columns of the old table; none where nobody has looked at it. */
    sources: z.array(z.string()),
  }),
);
export type EntityView = z.infer<typeof entityView>;

export const fieldsQuery = z.object({ find: z.string().trim().min(2).max(100) });

const foundField = z.object({
  entity: z.string(),
  title: z.string(),
  /** In the new table; null: it stays behind. */
  to: z.string().nullable(),
  /** In the old one; null: it comes from no old field. */
  from: z.string().nullable(),
  /** `notes`: kept with others in the notes of each record. */
  stays: z.enum(['field', 'notes', 'behind']),
});
export type FoundField = z.infer<typeof foundField>;

/** The first of them; `total` is all. */
export const foundFields = told(z.object({ total: z.number(), fields: z.array(foundField) }));
export type FoundFields = z.infer<typeof foundFields>;

export const planChangeRequest = z.object({
  change: planChange,
  /** True: only say what it would do; nothing is written. */
  check: z.boolean(),
});
export type PlanChangeRequest = z.infer<typeof planChangeRequest>;

export const planChangeAnswer = told(changeFacts);
export type PlanChangeAnswer = z.infer<typeof planChangeAnswer>;

export const differenceQuery = z.object({
  /** `approved`: the newest plan that somebody said yes to. Else the hash of such a plan, or its beginning. */
  to: z.union([z.literal('approved'), z.string().regex(/^[0-9a-f]{6,64}$/)]).default('approved'),
});

export const planDifference = told(
  z.object({
    /** The earlier plan, and the one that is there now. */
    from: z.string(),
    to: z.string(),
    differences: z.array(
      z.object({
        /** Null: the plan as a whole. */
        entity: z.string().nullable(),
        column: z.string().nullable(),
        kind: z.enum(['added', 'removed', 'changed']),
        text: z.string(),
      }),
    ),
  }),
);
export type PlanDifference = z.infer<typeof planDifference>;
