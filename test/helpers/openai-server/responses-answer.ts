/** A reply as /v1/responses gives it: one object, or the events of a stream. */
import type { Reply, SeenRequest } from './script.ts';

type Item = Record<string, unknown>;

export function responsesAnswer(request: SeenRequest, reply: Reply): Item {
  const usage = reply.usage ?? { input: 10, output: 5 };
  return {
    id: `resp_${request.index}`,
    object: 'response',
    created_at: 1_700_000_000,
    status: reply.finish === 'length' ? 'incomplete' : 'completed',
    error: null,
    incomplete_details: reply.finish === 'length' ? { reason: 'max_output_tokens' } : null,
    model: request.body.model,
    output: outputItems(request, reply),
    usage: {
      input_tokens: usage.input,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: usage.output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: usage.input + usage.output,
    },
  };
}

export function responsesEvents(request: SeenRequest, reply: Reply): Item[] {
  const whole = responsesAnswer(request, reply);
  const started = { ...whole, status: 'in_progress', output: [], usage: null, incomplete_details: null };
  const events: Item[] = [
    { type: 'response.created', response: started },
    { type: 'response.in_progress', response: started },
  ];
  outputItems(request, reply).forEach((item, index) => {
    const at = { item_id: item.id, output_index: index };
    if (item.type === 'message') {
      const text = reply.text ?? '';
      const part = { type: 'output_text', text: '', annotations: [] };
      events.push(
        added(index, { ...item, content: [], status: 'in_progress' }),
        { type: 'response.content_part.added', ...at, content_index: 0, part },
        ...chunks(text).map((delta) => ({
          type: 'response.output_text.delta',
          ...at,
          content_index: 0,
          delta,
          logprobs: [],
        })),
        { type: 'response.output_text.done', ...at, content_index: 0, text, logprobs: [] },
        { type: 'response.content_part.done', ...at, content_index: 0, part: { ...part, text } },
      );
    } else {
      const given = String(item.arguments);
      events.push(
        added(index, { ...item, arguments: '', status: 'in_progress' }),
        ...chunks(given).map((delta) => ({ type: 'response.function_call_arguments.delta', ...at, delta })),
        { type: 'response.function_call_arguments.done', ...at, name: item.name, arguments: given },
      );
    }
    events.push({ type: 'response.output_item.done', output_index: index, item });
  });
  const end = reply.finish === 'length' ? 'response.incomplete' : 'response.completed';
  events.push({ type: end, response: whole });
  return events.map((event, index) => ({ ...event, sequence_number: index }));
}

function outputItems(request: SeenRequest, reply: Reply): Item[] {
  const message: Item[] =
    reply.text === undefined
      ? []
      : [
          {
            type: 'message',
            id: `msg_${request.index}`,
            role: 'assistant',
            status: 'completed',
            content: [{ type: 'output_text', text: reply.text, annotations: [], logprobs: [] }],
          },
        ];
  const calls = (reply.toolCalls ?? []).map((call, index) => ({
    type: 'function_call',
    id: `fc_${request.index}_${index}`,
    call_id: `call_${request.index}_${index}`,
    name: call.name,
    arguments: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments),
    status: 'completed',
  }));
  return [...message, ...calls];
}

function added(index: number, item: Item): Item {
  return { type: 'response.output_item.added', output_index: index, item };
}

/** In pieces, as a model streams. */
export function chunks(text: string): string[] {
  return text.match(/[\s\S]{1,12}/g) ?? [];
}
