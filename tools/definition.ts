/** What a tool is before the gate stands around it: words for a model, two shapes, and one call of the journey. */
import type { z } from 'zod';
import type { Journey, JourneyGuide } from '../engine/index.ts';
import type { Envelope } from './envelope.ts';

export interface Call {
  readonly journey: Journey;
  readonly guide: JourneyGuide;
  /** Who asks: the agent's id, or words for a call without one. */
  readonly by: string;
}

export interface ToolDefinition<Input extends z.ZodObject = z.ZodObject, Data extends z.ZodType = z.ZodType> {
  /** For a model: when to use it, what it needs, what it never does. */
  readonly description: string;
  /** Valid for OpenAI's strict mode: nothing optional, no unions, no records, no lengths of text. */
  readonly input: Input;
  readonly data: Data;
  /** Most characters of one text in `data`; 600 unless told. */
  readonly longestText?: number;
  /** After so many milliseconds the caller gets an answer, whatever the work does. */
  readonly patience?: number;
  run(input: z.infer<Input>, call: Call): Promise<Envelope<z.infer<Data>>>;
}

export function defineTool<Input extends z.ZodObject, Data extends z.ZodType>(
  definition: ToolDefinition<Input, Data>,
): ToolDefinition<Input, Data> {
  return definition;
}

/** For work that grows with the database: analysing, rehearsing, comparing, taking out. */
export const longPatience = 15 * 60_000;
