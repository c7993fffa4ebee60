/** Functions as both endpoints take them: names, and schemas that fit their own `strict`. */
import { z } from 'zod';
import { strictSchemaProblems } from './strict-schema.ts';

export const functionName = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);
export const jsonObject = z.record(z.string(), z.unknown());

/** Adds the problems of a schema that says it is strict. */
export function checkStrict(
  value: { readonly strict?: boolean | null | undefined; readonly schema: unknown; readonly name: string },
  context: z.RefinementCtx,
): void {
  if (value.strict !== true) return;
  for (const problem of strictSchemaProblems(value.schema)) {
    context.addIssue({ code: 'custom', message: `Invalid schema for '${value.name}': ${problem}` });
  }
}

/** Fields about tools need tools. */
export function toolChoiceProblems(request: {
  readonly tools?: readonly unknown[] | undefined;
  readonly tool_choice?: unknown;
  readonly parallel_tool_calls?: boolean | null | undefined;
}): string[] {
  if (request.tools !== undefined && request.tools.length > 0) return [];
  return (['tool_choice', 'parallel_tool_calls'] as const)
    .filter((field) => request[field] != null)
    .map((field) => `'${field}' is only allowed when 'tools' are specified.`);
}
