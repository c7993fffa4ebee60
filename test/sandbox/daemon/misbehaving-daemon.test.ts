/** A daemon, or whatever sits in its place, that does not do what Docker does: each end is typed and comes in time. */
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { createSandbox, SandboxError } from '../../../sandbox/index.ts';

const unit = { source: 'export default (row) => row;', reads: ['a'], writes: ['a'] };
const servers: Server[] = [];
/** Somebody waits for an answer that never comes: only then does time pass. */
let isStuck = false;

afterEach(async () => {
  vi.useRealTimers();
  isStuck = false;
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** How opening ends there, however long it would take. */
async function openAt(server: Server): Promise<unknown> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  servers.push(server);
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const sandbox = createSandbox({ docker: { host: '127.0.0.1', port }, image: 'some:image', ahead: false });
  const quiet = setTimeout;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const ended = sandbox.open(unit).then(
    () => 'opened',
    (error: unknown) => error,
  );
  let end: unknown;
  void ended.then((how) => {
    end = how;
  });
  while (end === undefined) {
    await Promise.race([ended, new Promise((resolve) => quiet(resolve, 200))]);
    if (isStuck) await vi.advanceTimersByTimeAsync(60_000);
  }
  for (const socket of sockets) socket.destroy();
  await sandbox.close();
  return end;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const json =
  (value: unknown, status = 200): Answer =>
  (_, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(status === 204 ? undefined : JSON.stringify(value));
const getStuck = () => {
  isStuck = true;
};
const never: Answer = getStuck;
const half: Answer = (_, response) => {
  isStuck = true;
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"Id":"', () => setImmediate(() => response.destroy()));
};

/** As Docker answers, but for some paths. */
function almostDocker(changed: Readonly<Record<string, Answer>>, upgrade?: (socket: Socket) => void): Server {
  const usual: Readonly<Record<string, Answer>> = {
    '/_ping': json('OK'),
    '/images/some:image/json': json({ Id: 'sha256:1' }),
    '/containers/json': json([]),
    '/containers/create': json({ Id: 'abc' }, 201),
    '/containers/abc/attach': never,
    '/containers/abc/start': json(null, 204),
    '/containers/abc/wait': json({ StatusCode: 0 }),
    '/containers/abc/json': json({ State: { ExitCode: 0, OOMKilled: false } }),
    '/containers/abc': json(null, 204),
  };
  const server = createHttpServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '').replace(/^\/v[\d.]+/, '');
    (changed[path] ?? usual[path] ?? json({ message: 'page not found' }, 404))(request, response);
  });
  if (upgrade !== undefined)
    server.on('upgrade', (_, socket: Socket) => {
      socket.on('error', () => {});
      socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n');
      upgrade(socket);
    });
  return server;
}

test('an image that was removed in the meantime is looked for once more', async () => {
  const asked: string[] = [];
  const note =
    (what: string, answer: Answer): Answer =>
    (request, response) => {
      asked.push(what);
      answer(request, response);
    };
  const daemon = almostDocker({
    '/images/some:image/json': note('image', json({ Id: 'sha256:1' })),
    '/containers/create': note('create', json({ message: 'No such image' }, 404)),
  });
  expect(await openAt(daemon)).toMatchObject({ kind: 'image-missing' });
  expect(asked).toEqual(['image', 'create', 'image', 'create']);
});

const everywhere = (answer: Answer) => createHttpServer(answer);
const garbage = (bytes: string | Buffer) => createServer((socket) => void socket.end(bytes));

test.each<[string, () => Server, readonly string[]]>([
  ['takes the call and says nothing', () => createServer(getStuck), ['docker-lost']],
  ['speaks another language', () => garbage('SSH-2.0-OpenSSH_9.9\r\n'), ['docker-error']],
  ['speaks in bytes', () => garbage(Buffer.alloc(1 << 20, 0xfe)), ['docker-error', 'docker-lost']],
  ['hangs up', () => createServer((socket) => void socket.destroy()), ['docker-lost']],
  ['answers everything with a page', () => everywhere((_, r) => void r.end('<html>')), ['docker-error']],
  ['answers everything with nothing', () => everywhere((_, r) => void r.end()), ['docker-error']],
  ['answers everything with a list', () => everywhere(json([{}])), ['docker-error']],
  ['answers everything with null', () => everywhere(json(null)), ['docker-error']],
  ['is broken', () => everywhere(json({ message: 'a\u001b[2J\nb' }, 500)), ['docker-error', 'image-missing']],
  ['dies in the middle of an answer', () => everywhere(half), ['docker-lost']],
  ['never tells of images', () => almostDocker({ '/images/some:image/json': never }), ['docker-lost']],
  ['dies while it tells of images', () => almostDocker({ '/images/some:image/json': half }), ['docker-lost']],
  ['never lists containers', () => almostDocker({ '/containers/json': never }), ['docker-lost']],
  ['lists no containers but a text', () => almostDocker({ '/containers/json': json('x') }), ['docker-error']],
  ['never makes a container', () => almostDocker({ '/containers/create': never }), ['docker-lost']],
  ['dies while it makes one', () => almostDocker({ '/containers/create': half }), ['docker-lost']],
  ['makes one without a name', () => almostDocker({ '/containers/create': json({}, 201) }), ['docker-error']],
  [
    'has no room for one',
    () => almostDocker({ '/containers/create': json({ message: 'no space left on device' }, 500) }),
    ['docker-error'],
  ],
  ['never connects to it', () => almostDocker({}), ['docker-lost']],
  [
    'answers instead of connecting',
    () => almostDocker({ '/containers/abc/attach': json({}) }),
    ['docker-error', 'image-unusable', 'stopped', 'crash'],
  ],
  ['connects and hangs up', () => almostDocker({}, (socket) => socket.end()), ['image-unusable']],
  ['connects and says nothing', () => almostDocker({}, getStuck), ['timeout', 'docker-lost']],
  [
    'connects, and never starts it',
    () => almostDocker({ '/containers/abc/start': never }, getStuck),
    ['timeout', 'docker-lost'],
  ],
  [
    'connects, and sends what is no stream',
    () =>
      almostDocker({}, (socket) => {
        getStuck();
        socket.write(Buffer.alloc(1 << 20, 1));
      }),
    ['timeout', 'protocol', 'image-unusable'],
  ],
  [
    'connects, and forgets the container',
    () =>
      almostDocker(
        { '/containers/abc/wait': json({}, 404), '/containers/abc/json': json({}, 404) },
        (socket) => socket.end(),
      ),
    ['stopped'],
  ],
  [
    'connects, hangs up, and never tells how it ended',
    () =>
      almostDocker({ '/containers/abc/wait': never, '/containers/abc/json': never }, (socket) =>
        socket.end(),
      ),
    ['docker-lost'],
  ],
  [
    'never removes it',
    () => almostDocker({ '/containers/abc': never }, (socket) => socket.end()),
    ['image-unusable'],
  ],
])('a daemon that %s', async (_, daemon, kinds) => {
  const end = await openAt(daemon());
  expect(end).toBeInstanceOf(SandboxError);
  expect(end).toMatchObject({ kind: expect.toBeOneOf([...kinds]) });
  expect((end as SandboxError).message).toMatch(/^\p{Lu}[^\p{Cc}]*\.$/u);
});
