/** A reply as /v1/chat/completions gives it: one object, or the chunks of a stream. */
import { chunks } from './responses-answer.ts';
import type { Reply, SeenRequest } from './script.ts';

type Item = Record<string, unknown>;

export function chatAnswer(request: SeenRequest, reply: Reply): Item {
  return {
    ...head(request),
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        finish_reason: finishReason(reply),
        logprobs: null,
        message: {
          role: 'assistant',
          content: reply.text ?? null,
          refusal: null,
          ...(reply.toolCalls === undefined ? {} : { tool_calls: toolCalls(request, reply) }),
        },
      },
    ],
    usage: usageOf(reply),
  };
}

/** The last chunk with the usage comes only where it was asked for. `[DONE]` is the server's. */
export function chatEvents(request: SeenRequest, reply: Reply): Item[] {
  const chunk = (delta: Item, finish_reason: string | null = null): Item => ({
    ...head(request),
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason, logprobs: null }],
  });
  const events = [
    chunk({ role: 'assistant', content: reply.text === undefined ? null : '' }),
    ...chunks(reply.text ?? '').map((content) => chunk({ content })),
  ];
  toolCalls(request, reply).forEach((call, index) => {
    const start = {
      index,
      id: call.id,
      type: 'function',
      function: { name: call.function.name, arguments: '' },
    };
    events.push(
      chunk({ tool_calls: [start] }),
      ...chunks(call.function.arguments).map((piece) =>
        chunk({ tool_calls: [{ index, function: { arguments: piece } }] }),
      ),
    );
  });
  events.push(chunk({}, finishReason(reply)));
  const options = request.body.stream_options as { include_usage?: boolean } | undefined;
  if (options?.include_usage === true) {
    events.push({
      ...head(request),
      object: 'chat.completion.chunk',
      choices: [],
      usage: usageOf(reply),
    });
  }
  return events;
}

function head(request: SeenRequest): Item {
  return { id: `chatcmpl-${request.index}`, created: 1_700_000_000, model: request.body.model };
}

function toolCalls(request: SeenRequest, reply: Reply) {
  return (reply.toolCalls ?? []).map((call, index) => ({
    id: `call_${request.index}_${index}`,
    type: 'function',
    function: {
      name: call.name,
      arguments: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments),
    },
  }));
}

function finishReason(reply: Reply): string {
  if (reply.finish === 'length') return 'length';
  return reply.toolCalls === undefined ? 'stop' : 'tool_calls';
}

function usageOf(reply: Reply): Item {
  const { input, output } = reply.usage ?? { input: 10, output: 5 };
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}
