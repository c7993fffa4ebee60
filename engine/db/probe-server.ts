/**
 * What listens there? Asked only after a connection failed without a code, so that the answer is a fact and not a
 * guess from a message. Sends PostgreSQL's SSLRequest (protocol documentation, 54.2.11): a PostgreSQL server answers
 * one byte, S or N, and waits. Anything else is another kind of server.
 */
import { connect } from 'node:net';
import type { ConnectionConfig } from '../core/connection-config.ts';

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

export type ServerKind =
  | 'postgresql-with-tls'
  | 'postgresql-without-tls'
  | 'silent'
  /** It ended the connection before it said anything: a server or pooler that is just going down or coming up. */
  | 'hung-up'
  | 'something-else'
  | 'unreachable';

export function probeServer({ host, port }: ConnectionConfig, milliseconds: number): Promise<ServerKind> {
  return new Promise((resolve) => {
    const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    let connected = false;
    const end = (kind: ServerKind) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(kind);
    };
    const timer = setTimeout(() => end(connected ? 'silent' : 'unreachable'), milliseconds);
    socket.once('connect', () => {
      connected = true;
      socket.write(SSL_REQUEST);
    });
    socket.once('data', (answer) => end(kindOf(answer)));
    socket.once('error', () => end(connected ? 'hung-up' : 'unreachable'));
    socket.once('close', () => end(connected ? 'hung-up' : 'unreachable'));
  });
}

function kindOf(answer: Buffer | string): ServerKind {
  const text = answer.toString('latin1');
  if (text === 'S') return 'postgresql-with-tls';
  if (text === 'N') return 'postgresql-without-tls';
  // An ErrorResponse: 'E', then its length. A PostgreSQL that is starting or full may send it at once.
  return text[0] === 'E' && answer.length > 5 && (answer as Buffer).readUInt32BE(1) === answer.length - 1
    ? 'postgresql-without-tls'
    : 'something-else';
}
