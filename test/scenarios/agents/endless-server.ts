/** A server whose answers do not end: text, or the arguments of one call, for as long as somebody listens. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OpenAiServer } from '../../helpers/openai-server/openai-server.ts';

export async function startEndlessServer(
  of: 'text' | 'arguments',
): Promise<OpenAiServer & { sent(): number }> {
  let sent = 0;
  const piece = 'go '.repeat(20_000);
  const delta =
    of === 'text' ? { content: piece } : { tool_calls: [{ index: 0, function: { arguments: piece } }] };
  const first =
    of === 'text'
      ? { role: 'assistant', content: '' }
      : {
          role: 'assistant',
          tool_calls: [
            {
              index: 0,
              id: 'call_1',
              type: 'function',
              function: { name: 'startMigration', arguments: '{"' },
            },
          ],
        };
  const line = (content: object) =>
    `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: content, finish_reason: null }] })}\n\n`;
  const server = createServer((incoming, response) => {
    incoming.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(line(first));
    const more = () => {
      while (!response.destroyed) {
        sent += piece.length;
        if (!response.write(line(delta))) return void response.once('drain', more);
      }
    };
    more();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    key: 'sk-test-key-of-nobody-0123456789',
    model: 'endless',
    requests: [],
    violations: [],
    sent: () => sent,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
