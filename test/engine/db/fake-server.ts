/**
 * Servers that are not what was hoped for. `speaking` answers every connection with a few bytes; `postgresLike` speaks
 * just enough of PostgreSQL's protocol to log anyone in and to answer any one query with one row of texts.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { type ConnectionConfig, createConnectionConfig } from '../../../engine/core/config.ts';

export interface FakeServer {
  readonly config: ConnectionConfig;
  close(): Promise<void>;
}

export async function listen(
  onConnection: (socket: Socket) => void,
  parts: { ssl?: string } = {},
): Promise<FakeServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    config: createConnectionConfig({
      host: '127.0.0.1',
      port,
      user: 'u',
      password: 'p',
      database: 'd',
      ...parts,
    }),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Says something as soon as it hears something. */
export function speaking(answer: string | Buffer): (socket: Socket) => void {
  return (socket) => socket.on('data', () => socket.write(answer));
}

const SSL_REQUEST = 80877103;

/** `refuse` gets the startup parameters and may return a SQLSTATE. */
export function postgresLike(
  row: Readonly<Record<string, string>>,
  refuse: (startup: string) => string | null = () => null,
): (socket: Socket) => void {
  return (socket) => {
    let started = false;
    socket.on('data', (chunk: Buffer) => {
      if (!started) {
        if (chunk.readInt32BE(4) === SSL_REQUEST) return void socket.write('N');
        started = true;
        const code = refuse(chunk.toString('latin1'));
        if (code !== null) return void socket.end(message('E', `SERROR\0VERROR\0C${code}\0Mno\0\0`));
        return void socket.write(Buffer.concat([message('R', int32(0)), message('Z', 'I')]));
      }
      const simple = chunk[0] === 'Q'.charCodeAt(0);
      if (simple || chunk.includes('S')) socket.write(answer(row, simple));
    });
  };
}

function answer(row: Readonly<Record<string, string>>, simple: boolean): Buffer {
  const fields = Object.entries(row);
  const described = fields.map(([name]) =>
    Buffer.concat([
      text(`${name}\0`),
      int32(0),
      int16(0),
      int32(/^\d+$/.test(row[name]!) ? 23 : 25),
      int16(-1),
      int32(-1),
      int16(0),
    ]),
  );
  const values = fields.map(([, value]) => Buffer.concat([int32(Buffer.byteLength(value)), text(value)]));
  return Buffer.concat([
    ...(simple ? [] : [message('1', ''), message('2', '')]),
    message('T', Buffer.concat([int16(fields.length), ...described])),
    message('D', Buffer.concat([int16(fields.length), ...values])),
    message('C', 'SELECT 1\0'),
    message('Z', 'I'),
  ]);
}

function message(type: string, body: string | Buffer): Buffer {
  const bytes = typeof body === 'string' ? text(body) : body;
  return Buffer.concat([text(type), int32(bytes.length + 4), bytes]);
}

const text = (value: string) => Buffer.from(value);

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}
