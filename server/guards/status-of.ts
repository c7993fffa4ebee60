/** The status of HTTP that goes with an error's code. */

const byCode: Readonly<Record<string, number>> = {
  NOT_SIGNED_IN: 401,
  ROLE_REQUIRED: 403,
  FOREIGN_ORIGIN: 403,
  FOREIGN_HOST: 421,
  TOO_LARGE: 413,
  TOO_MANY_REQUESTS: 429,
  TOO_MANY_STREAMS: 429,
  BAD_REQUEST: 400,
  METHOD_REFUSED: 405,
  NOT_JSON: 415,
  UNKNOWN_ADDRESS: 404,
  UNKNOWN_MIGRATION: 404,
  UNKNOWN_ENTITY: 404,
  UNKNOWN_TABLE: 404,
  UNKNOWN_COLUMN: 404,
  UNKNOWN_RUN: 404,
  UNKNOWN_APPROVAL: 404,
  UNKNOWN_CARD: 404,
  UNKNOWN_QUESTION: 404,
  UNKNOWN_PLAN: 404,
  NO_RUN: 404,
  PLAN_MISSING: 404,
  CATALOG_MISSING: 404,
  REASON_REQUIRED: 400,
  STATEMENT_REQUIRED: 400,
  NAME_REQUIRED: 400,
  CHANGE_REFUSED: 400,
  UNKNOWN_CHOICE: 400,
  MISSING_CONFIG: 409,
};

/** 409 for what the state of the migration does not allow, unless the table says otherwise. */
export function statusOf(code: string): number {
  return byCode[code] ?? 409;
}
