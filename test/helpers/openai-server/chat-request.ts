/**
 * The body of POST /v1/chat/completions, after `ChatCompletionCreateParamsBase` of the package `openai` 6.49. Unknown
 * fields are refused. Parts that this product never sends (audio, images, custom tools) are left out, so refused too.
 */
import { z } from 'zod';
import { checkStrict, functionName, jsonObject, toolChoiceProblems } from './tool-definitions.ts';

const textPart = z.strictObject({ type: z.literal('text'), text: z.string() });
const text = z.union([z.string(), z.array(textPart).min(1)]);

const toolCall = z.strictObject({
  id: z.string().min(1),
  type: z.literal('function'),
  function: z.strictObject({ name: functionName, arguments: z.string() }),
});

const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('system'), content: text, name: z.string().optional() }),
  z.strictObject({ role: z.literal('developer'), content: text, name: z.string().optional() }),
  z.strictObject({ role: z.literal('user'), content: text, name: z.string().optional() }),
  z.strictObject({
    role: z.literal('assistant'),
    content: text.nullable().optional(),
    name: z.string().optional(),
    refusal: z.string().nullable().optional(),
    tool_calls: z.array(toolCall).min(1).optional(),
  }),
  z.strictObject({ role: z.literal('tool'), content: text, tool_call_id: z.string().min(1) }),
]);

const functionTool = z
  .strictObject({
    type: z.literal('function'),
    function: z.strictObject({
      name: functionName,
      description: z.string().optional(),
      parameters: jsonObject.optional(),
      strict: z.boolean().nullable().optional(),
    }),
  })
  .superRefine((tool, context) =>
    checkStrict({ ...tool.function, schema: tool.function.parameters ?? {} }, context),
  );

const responseFormat = z.union([
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('json_object') }),
  z
    .strictObject({
      type: z.literal('json_schema'),
      json_schema: z.strictObject({
        name: functionName,
        description: z.string().optional(),
        schema: jsonObject.optional(),
        strict: z.boolean().nullable().optional(),
      }),
    })
    .superRefine(({ json_schema }, context) =>
      checkStrict({ ...json_schema, schema: json_schema.schema ?? {} }, context),
    ),
]);

export const chatRequest = z.strictObject({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  frequency_penalty: z.number().min(-2).max(2).nullable().optional(),
  logit_bias: z.record(z.string(), z.number()).nullable().optional(),
  logprobs: z.boolean().nullable().optional(),
  max_completion_tokens: z.number().int().positive().nullable().optional(),
  max_tokens: z.number().int().positive().nullable().optional(),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullable().optional(),
  n: z.number().int().positive().nullable().optional(),
  parallel_tool_calls: z.boolean().optional(),
  presence_penalty: z.number().min(-2).max(2).nullable().optional(),
  prompt_cache_key: z.string().nullable().optional(),
  reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).nullable().optional(),
  response_format: responseFormat.optional(),
  safety_identifier: z.string().nullable().optional(),
  seed: z.number().int().nullable().optional(),
  service_tier: z.enum(['auto', 'default', 'flex', 'scale', 'priority']).nullable().optional(),
  stop: z
    .union([z.string(), z.array(z.string()).max(4)])
    .nullable()
    .optional(),
  store: z.boolean().nullable().optional(),
  stream: z.boolean().nullable().optional(),
  stream_options: z
    .strictObject({ include_usage: z.boolean().optional(), include_obfuscation: z.boolean().optional() })
    .nullable()
    .optional(),
  temperature: z.number().min(0).max(2).nullable().optional(),
  tool_choice: z
    .union([
      z.enum(['none', 'auto', 'required']),
      z.strictObject({ type: z.literal('function'), function: z.strictObject({ name: functionName }) }),
    ])
    .optional(),
  tools: z.array(functionTool).max(128).optional(),
  top_logprobs: z.number().int().min(0).max(20).nullable().optional(),
  top_p: z.number().min(0).max(1).nullable().optional(),
  user: z.string().optional(),
  verbosity: z.enum(['low', 'medium', 'high']).nullable().optional(),
});
export type ChatRequest = z.infer<typeof chatRequest>;

/** What only the whole conversation shows: the calls of a message are answered by the messages right after it. */
export function chatConversationProblems(request: ChatRequest): string[] {
  const problems = toolChoiceProblems(request);
  if (request.stream_options != null && request.stream !== true) {
    problems.push("'stream_options' is only allowed when 'stream' is true.");
  }
  let open: string[] = [];
  for (const entry of request.messages) {
    if (entry.role === 'tool') {
      if (!open.includes(entry.tool_call_id)) {
        problems.push(`Tool message ${entry.tool_call_id} follows no message with that tool call.`);
      }
      open = open.filter((id) => id !== entry.tool_call_id);
      continue;
    }
    problems.push(...open.map(unanswered));
    open = entry.role === 'assistant' ? (entry.tool_calls ?? []).map(({ id }) => id) : [];
  }
  return [...problems, ...open.map(unanswered)];
}

function unanswered(id: string): string {
  return `An assistant message with 'tool_calls' must be followed by tool messages; ${id} was not answered.`;
}
