/** The connections that are open through one proxy, and those that were accepted and are never answered. */
import { connect as openSocket, type Socket } from 'node:net';
import { createLink, type Link, type LinkDependencies } from './link.ts';

export interface Links {
  /** From this client to the server. */
  open(client: Socket): Link;
  leaveUnanswered(client: Socket): void;
  all(): readonly Link[];
  /** Of those without an answer it resets all. */
  heal(): void;
  close(): Promise<void>;
}

export function createLinks(
  server: { readonly path: string } | { readonly host: string; readonly port: number },
  deps: LinkDependencies,
): Links {
  const links = new Set<Link>();
  const unanswered = new Set<Socket>();
  return {
    open(client) {
      const link = createLink(client, openSocket({ ...server, allowHalfOpen: true }), deps);
      links.add(link);
      void link.closed.then(() => links.delete(link));
      return link;
    },
    leaveUnanswered(client) {
      unanswered.add(client.on('error', () => {}).resume());
      client.once('close', () => unanswered.delete(client));
    },
    all: () => [...links],
    heal() {
      for (const link of links) link.heal();
      for (const socket of unanswered) socket.resetAndDestroy();
    },
    async close() {
      await Promise.all([...links].map((link) => link.close()));
    },
  };
}
