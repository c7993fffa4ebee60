/** What a network does to a connection when it is unkind, and when it does so. */

/** From the program to the server, or back. */
export type Direction = 'to-server' | 'to-client';

export type NetworkFault =
  /** Both ends are closed in good order (FIN): a server or pooler that goes away politely. */
  | { readonly kind: 'cut' }
  /** Both ends are reset (RST): a crash, a firewall. */
  | { readonly kind: 'reset' }
  /** No byte moves in either direction for this time; then all of them arrive. */
  | { readonly kind: 'stall'; readonly milliseconds: number }
  /** Bytes of one direction, or of both, vanish and nobody is told, until the connection ends. */
  | { readonly kind: 'half-open'; readonly dead: Direction | 'both' }
  /** At most so many bytes a second, each connection for itself, for this time. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number; readonly milliseconds: number }
  /** New connections are refused for this time; those that are open live on. */
  | { readonly kind: 'refuse'; readonly milliseconds: number }
  /** New connections are accepted and never answered for this time, nor later. */
  | { readonly kind: 'unanswered'; readonly milliseconds: number };

export type NetworkFaultKind = NetworkFault['kind'];

/** Counted from the moment the fault was scheduled, over all connections together. */
export type Moment =
  /** After this many bytes in a direction: between them and the next. */
  | { readonly bytes: number; readonly direction: Direction }
  /** The same, counting only what travels while its connection is in a COPY of that direction. */
  | { readonly copyBytes: number; readonly direction: Direction }
  /** When this many further connections have been opened: it strikes the last of them. */
  | { readonly connections: number }
  | { readonly milliseconds: number };

/** Strikes the connection that reached the moment, or all that are open. */
export type Reach = 'one' | 'all';

export interface Struck {
  readonly fault: NetworkFault;
  /** Connections it struck; 0 for faults of new connections. */
  readonly connections: number;
}
