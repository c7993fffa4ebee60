/** Where the page listens and which names it answers to. Other computers reach it only where people sign in by name. */
import { isLocalHost } from '../../engine/core/config.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import { usageError } from '../usage-error.ts';

export interface AddressOptions {
  readonly host: string;
  readonly address?: string;
}

export interface Addresses {
  /** What people open. */
  shown(port: number): string;
  /** Every address that is this server. */
  all(port: number): readonly string[];
  /** Something to say before anybody comes; null: nothing. */
  readonly warning: string | null;
}

/**
 * `authenticated`: people sign in by name.
 * @throws ACCESS_NOT_CONFIGURED, USAGE
 */
export function addressesOf({ host, address }: AddressOptions, authenticated: boolean): Addresses {
  const here = isLocalHost(host) && !host.startsWith('/');
  const given = address === undefined ? null : originOf(address);
  if (!authenticated && !(here && (given === null || isLocalHost(nameOf(given))))) throw notConfigured();
  if (!here && given === null) {
    throw usageError(
      'Nobody can tell by which name other computers reach this one.',
      'Add the address that people open: towpath serve --host 0.0.0.0 --address https://move.example.org',
    );
  }
  const loopback = (port: number) =>
    ['127.0.0.1', 'localhost', '[::1]'].map((name) => new URL(`http://${name}:${port}`).origin);
  return {
    shown: (port) => given ?? loopback(port)[host === '::1' ? 2 : 0]!,
    all: (port) => [...(given === null ? [] : [given]), ...loopback(port)],
    warning:
      given?.startsWith('http:') && !isLocalHost(nameOf(given))
        ? 'Tokens and everything else travel readable over http. Put a server that speaks https in front, and give its address.'
        : null,
  };
}

function nameOf(origin: string): string {
  return new URL(origin).hostname.replace(/^\[|\]$/g, '');
}

function originOf(address: string): string {
  const url = URL.parse(address);
  if (url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.username)
    return url.origin;
  throw usageError(
    'The value of --address is not the address of a page.',
    'Give it as https://move.example.org, without anything behind the name.',
  );
}

function notConfigured(): MigrationError {
  return new MigrationError({
    code: 'ACCESS_NOT_CONFIGURED',
    message: 'Other computers would reach this page, and nobody is asked who they are.',
    hint: 'Name a file for people in TOWPATH_ACCESS_FILE and add them (towpath serve add-person), or set TOWPATH_SUPABASE_AUTH=true. Nothing was started.',
  });
}
