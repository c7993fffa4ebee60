/** A request whose form no page of ours sends. */
import { MigrationError } from '../../engine/core/errors.ts';

export function refuseRequest(what: string): MigrationError {
  return new MigrationError({
    code: 'BAD_REQUEST',
    message: `${what} does not have the form it needs.`,
    hint: 'See /api/v1/openapi.json for what can be sent.',
  });
}
