/**
 * Lets people in whom Supabase Auth knows, by the token that Supabase signed for them. The role is `app_metadata.towpath_role`,
 * which only the project's own servers can set; `user_metadata` is the person's to write and counts for nothing. Keys of
 * the project itself (anon, service_role) are no people.
 */
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../engine/core/clock.ts';
import type { Log } from '../../engine/core/log.ts';
import { role } from '../shapes/access.ts';
import type { Access, Admitted } from './access.ts';
import { personName } from './people-file.ts';

export interface SupabaseAuth {
  /** Of the project: https://name.supabase.co */
  readonly url: string;
  /** Of a project that signs with a shared secret (HS256); null: its public keys are fetched from it. */
  readonly secret: string | null;
}

const claims = z.object({
  sub: z.string().min(1),
  exp: z.number(),
  role: z.literal('authenticated'),
  is_anonymous: z.literal(false).optional(),
  email: z.string().optional(),
  app_metadata: z.object({ towpath_role: role, towpath_name: personName.optional() }),
});

const publicKeys = ['ES256', 'RS256', 'EdDSA'];
const sharedSecret = ['HS256'];

export function createSupabaseAccess(
  { url, secret }: SupabaseAuth,
  clock: Pick<Clock, 'now'>,
  log: Pick<Log, 'warn'>,
): Access {
  const issuer = `${url.replace(/\/+$/, '')}/auth/v1`;
  const options = { issuer, audience: 'authenticated' };
  const verify = secret === null ? byPublicKey(issuer) : bySecret(secret);
  return {
    async visitorOf(credential) {
      if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(credential)) return null;
      try {
        return admit(await verify(credential, { ...options, currentDate: clock.now() }));
      } catch (error) {
        if (error instanceof errors.JOSEError && !isTrouble(error)) return null;
        log.warn('keys unknown', { error }); // nobody comes in while Supabase does not answer
        return null;
      }
    },
  };
}

type Verify = (
  token: string,
  options: { readonly issuer: string; readonly audience: string; readonly currentDate: Date },
) => Promise<JWTPayload>;

function byPublicKey(issuer: string): Verify {
  const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), {
    timeoutDuration: 5000,
  });
  return async (token, options) =>
    (await jwtVerify(token, keys, { ...options, algorithms: publicKeys })).payload;
}

function bySecret(secret: string): Verify {
  const key = new TextEncoder().encode(secret);
  return async (token, options) =>
    (await jwtVerify(token, key, { ...options, algorithms: sharedSecret })).payload;
}

/** Not the token's fault. */
function isTrouble(error: errors.JOSEError): boolean {
  return error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid;
}

function admit(payload: JWTPayload): Admitted | null {
  const read = claims.safeParse(payload);
  if (!read.success) return null;
  const { sub, email, exp, app_metadata } = read.data;
  const name = personName.safeParse(app_metadata.towpath_name ?? email ?? sub);
  if (!name.success) return null;
  return { name: name.data, role: app_metadata.towpath_role, until: new Date(exp * 1000) };
}
