/**
 * The body of POST /v1/responses, after `ResponseCreateParamsBase` of the package `openai` 6.49. Unknown fields are
 * refused. Parts that this product never sends (files, images, hosted tools) are left out, so they are refused too.
 */
import { z } from 'zod';
import { checkStrict, functionName, jsonObject, toolChoiceProblems } from './tool-definitions.ts';

const status = z.enum(['in_progress', 'completed', 'incomplete']);
const phase = z.enum(['commentary', 'final_answer']).nullable();
const inputText = z.strictObject({ type: z.literal('input_text'), text: z.string() });
const outputText = z.strictObject({
  type: z.literal('output_text'),
  text: z.string(),
  annotations: z.array(z.unknown()).optional(),
  logprobs: z.array(z.unknown()).optional(),
});
const refusal = z.strictObject({ type: z.literal('refusal'), refusal: z.string() });

const inputMessage = z.strictObject({
  type: z.literal('message').optional(),
  role: z.enum(['user', 'system', 'developer']),
  content: z.union([z.string(), z.array(inputText).min(1)]),
  status: status.optional(),
  phase: phase.optional(),
});
const outputMessage = z.strictObject({
  type: z.literal('message').optional(),
  id: z.string().startsWith('msg_').optional(),
  role: z.literal('assistant'),
  content: z.union([z.string(), z.array(z.union([outputText, refusal])).min(1)]),
  status: status.optional(),
  phase: phase.optional(),
});
const functionCall = z.strictObject({
  type: z.literal('function_call'),
  id: z.string().startsWith('fc_').optional(),
  call_id: z.string().min(1).max(64),
  name: functionName,
  arguments: z.string(),
  status: status.optional(),
});
const functionCallOutput = z.strictObject({
  type: z.literal('function_call_output'),
  id: z.string().nullable().optional(),
  call_id: z.string().min(1).max(64),
  output: z.union([z.string(), z.array(inputText).min(1)]),
  status: status.nullable().optional(),
});
const reasoningItem = z.strictObject({
  type: z.literal('reasoning'),
  id: z.string(),
  summary: z.array(z.strictObject({ type: z.literal('summary_text'), text: z.string() })),
  content: z.array(z.strictObject({ type: z.literal('reasoning_text'), text: z.string() })).optional(),
  encrypted_content: z.string().nullable().optional(),
  status: status.optional(),
});
const itemReference = z.strictObject({ type: z.literal('item_reference'), id: z.string() });

const inputItem = z.union([
  inputMessage,
  outputMessage,
  functionCall,
  functionCallOutput,
  reasoningItem,
  itemReference,
]);

const functionTool = z
  .strictObject({
    type: z.literal('function'),
    name: functionName,
    description: z.string().nullable().optional(),
    parameters: jsonObject.nullable(),
    strict: z.boolean().nullable(), // left out, the server would decide for itself
  })
  .superRefine((tool, context) => checkStrict({ ...tool, schema: tool.parameters }, context));

const format = z.union([
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('json_object') }),
  z
    .strictObject({
      type: z.literal('json_schema'),
      name: functionName,
      description: z.string().optional(),
      schema: jsonObject,
      strict: z.boolean().nullable().optional(),
    })
    .superRefine((value, context) => checkStrict(value, context)),
]);

export const responsesRequest = z.strictObject({
  model: z.string().min(1),
  input: z.union([z.string(), z.array(inputItem).min(1)]),
  instructions: z.string().nullable().optional(),
  include: z
    .array(z.enum(['reasoning.encrypted_content', 'message.output_text.logprobs']))
    .nullable()
    .optional(),
  max_output_tokens: z.number().int().min(16).nullable().optional(),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullable().optional(),
  parallel_tool_calls: z.boolean().nullable().optional(),
  previous_response_id: z.string().nullable().optional(),
  prompt_cache_key: z.string().nullable().optional(),
  reasoning: z
    .strictObject({
      effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).nullable().optional(),
      summary: z.enum(['auto', 'concise', 'detailed']).nullable().optional(),
    })
    .nullable()
    .optional(),
  safety_identifier: z.string().nullable().optional(),
  service_tier: z.enum(['auto', 'default', 'flex', 'scale', 'priority']).nullable().optional(),
  store: z.boolean().nullable().optional(),
  stream: z.boolean().nullable().optional(),
  stream_options: z.strictObject({ include_obfuscation: z.boolean().optional() }).nullable().optional(),
  temperature: z.number().min(0).max(2).nullable().optional(),
  text: z
    .strictObject({
      format: format.optional(),
      verbosity: z.enum(['low', 'medium', 'high']).nullable().optional(),
    })
    .optional(),
  tool_choice: z
    .union([
      z.enum(['none', 'auto', 'required']),
      z.strictObject({ type: z.literal('function'), name: functionName }),
    ])
    .optional(),
  tools: z.array(functionTool).max(128).optional(),
  top_logprobs: z.number().int().min(0).max(20).nullable().optional(),
  top_p: z.number().min(0).max(1).nullable().optional(),
  truncation: z.enum(['auto', 'disabled']).nullable().optional(),
  user: z.string().optional(),
});
export type ResponsesRequest = z.infer<typeof responsesRequest>;

/** What only the whole conversation shows: each call answered, each answer asked for, nothing kept is referred to. */
export function responsesConversationProblems(request: ResponsesRequest): string[] {
  const choice = toolChoiceProblems(request);
  if (typeof request.input === 'string') return choice;
  const calls = request.input.filter((item) => item.type === 'function_call').map((item) => item.call_id);
  const outputs = request.input
    .filter((item) => item.type === 'function_call_output')
    .map((item) => item.call_id);
  return [
    ...choice,
    ...calls
      .filter((id) => !outputs.includes(id))
      .map((id) => `No tool output found for function call ${id}.`),
    ...outputs.filter((id) => !calls.includes(id)).map((id) => `No tool call found for output ${id}.`),
    ...calls.filter((id, index) => calls.indexOf(id) !== index).map((id) => `Duplicate call id ${id}.`),
    ...request.input
      .filter((item) => item.type === 'item_reference')
      .map((item) => `Item with id '${item.id}' not found. Items are not persisted when store is false.`),
  ];
}
