/**
 * Every SQLSTATE, SQLSTATE class, errno and code of Towpath's own that is known here, and what kind of trouble it is. What
 * is done about a kind stands in recovery-table.ts. Data, so that it can be reviewed and tested; message texts are never
 * looked at, since servers speak many languages.
 * Codes: PostgreSQL documentation, appendix A; Node's `os.constants.errno` and `tls` documentation.
 */
import type { FaultKind } from './recovery-table.ts';

/** Kind, and the name that the code has in its documentation. */
export type KnownCode = readonly [kind: FaultKind, name: string];

/** Five characters: the code. Wins over its class. */
export const sqlstates: Readonly<Record<string, KnownCode>> = {
  '08004': ['access-refused', 'server_rejected_connection'],
  '08P01': ['access-refused', 'protocol_violation'],
  '23503': ['missing-parent', 'foreign_key_violation'],
  '23505': ['duplicate-key', 'unique_violation'],
  '23P01': ['duplicate-key', 'exclusion_violation'],
  '25006': ['read-only-server', 'read_only_sql_transaction'],
  '25P03': ['connection-lost', 'idle_in_transaction_session_timeout'],
  '25P04': ['timeout', 'transaction_timeout'],
  '40002': ['rule-of-target', 'transaction_integrity_constraint_violation'],
  '42501': ['permission-missing', 'insufficient_privilege'],
  '53100': ['disk-full', 'disk_full'],
  '53400': ['server-fault', 'configuration_limit_exceeded'],
  '55006': ['lock-wait', 'object_in_use'],
  '55P03': ['lock-wait', 'lock_not_available'],
  '57014': ['timeout', 'query_canceled'],
  '57P01': ['connection-lost', 'admin_shutdown'],
  '57P02': ['connection-lost', 'crash_shutdown'],
  '57P03': ['connection-lost', 'cannot_connect_now'],
  '57P05': ['connection-lost', 'idle_session_timeout'],
  '58P01': ['schema-incompatible', 'undefined_file'],
  XX001: ['schema-incompatible', 'data_corrupted'],
  XX002: ['schema-incompatible', 'index_corrupted'],
};

/** Two characters: the class. */
export const sqlstateClasses: Readonly<Record<string, KnownCode>> = {
  '08': ['connection-lost', 'connection_exception'],
  '09': ['refused-by-code', 'triggered_action_exception'],
  '0A': ['schema-incompatible', 'feature_not_supported'],
  '21': ['rule-of-target', 'cardinality_violation'],
  '22': ['wrong-length-or-type', 'data_exception'],
  '23': ['rule-of-target', 'integrity_constraint_violation'],
  '25': ['unknown', 'invalid_transaction_state'],
  '26': ['unknown', 'invalid_sql_statement_name'],
  '27': ['refused-by-code', 'triggered_data_change_violation'],
  '28': ['access-refused', 'invalid_authorization_specification'],
  '2F': ['refused-by-code', 'sql_routine_exception'],
  '38': ['refused-by-code', 'external_routine_exception'],
  '39': ['refused-by-code', 'external_routine_invocation_exception'],
  '3D': ['server-gone', 'invalid_catalog_name'],
  '3F': ['schema-incompatible', 'invalid_schema_name'],
  '40': ['deadlock', 'transaction_rollback'],
  '42': ['schema-incompatible', 'syntax_error_or_access_rule_violation'],
  '44': ['rule-of-target', 'with_check_option_violation'],
  '53': ['out-of-resources', 'insufficient_resources'],
  '54': ['wrong-length-or-type', 'program_limit_exceeded'],
  '55': ['schema-incompatible', 'object_not_in_prerequisite_state'],
  '57': ['server-gone', 'operator_intervention'],
  '58': ['server-fault', 'system_error'],
  '72': ['snapshot-gone', 'snapshot_too_old'],
  P0: ['refused-by-code', 'plpgsql_error'],
  XX: ['unknown', 'internal_error'],
};

/** Codes of Node's sockets, name resolution, files and TLS. */
export const errnos: Readonly<Record<string, KnownCode>> = {
  ECONNREFUSED: ['server-away', 'connection_refused'],
  ECONNRESET: ['connection-lost', 'connection_reset'],
  ECONNABORTED: ['connection-lost', 'connection_aborted'],
  EPIPE: ['connection-lost', 'connection_closed'],
  ETIMEDOUT: ['timeout', 'connection_timed_out'],
  ERR_STREAM_PREMATURE_CLOSE: ['connection-lost', 'connection_closed'],
  ERR_STREAM_DESTROYED: ['connection-lost', 'connection_closed'],
  ERR_STREAM_WRITE_AFTER_END: ['connection-lost', 'connection_closed'],
  ENOTCONN: ['connection-lost', 'not_connected'],
  EHOSTDOWN: ['connection-lost', 'host_down'],
  EHOSTUNREACH: ['connection-lost', 'host_unreachable'],
  ENETUNREACH: ['connection-lost', 'network_unreachable'],
  ENETDOWN: ['connection-lost', 'network_down'],
  ENETRESET: ['connection-lost', 'network_reset'],
  EADDRNOTAVAIL: ['out-of-resources', 'no_local_port'],
  EAI_AGAIN: ['connection-lost', 'name_resolution_failed_for_now'],
  ENOTFOUND: ['access-refused', 'host_not_found'],
  ENODATA: ['access-refused', 'host_not_found'],
  EMFILE: ['out-of-resources', 'too_many_open_files'],
  ENFILE: ['out-of-resources', 'too_many_open_files'],
  ENOMEM: ['out-of-resources', 'out_of_memory'],
  ENOSPC: ['disk-full', 'disk_full'],
  EDQUOT: ['disk-full', 'disk_quota_exceeded'],
  EROFS: ['server-fault', 'read_only_file_system'],
  EACCES: ['server-fault', 'permission_denied'],
  EPERM: ['server-fault', 'permission_denied'],
  ENOENT: ['server-away', 'not_found'],
};

/**
 * Towpath's own errors, where their code says more than the SQLSTATE below them, or there is none below. Those that are not
 * named here go by the code below them, and else by their severity.
 */
export const ownCodes: Readonly<Record<string, FaultKind>> = {
  AUTHENTICATION_FAILED: 'access-refused',
  BATCH_ALREADY_COMPLETED: 'overtaken',
  CODE_NOT_DETERMINISTIC: 'code-broken',
  CODE_NOT_LOADED: 'code-broken',
  CODE_STOPPED: 'code-broken',
  CONNECTION_FAILED: 'server-away',
  CONNECTION_LOST: 'connection-lost',
  CONNECTION_REFUSED: 'server-away',
  CONSTRAINT_NOT_ADDED: 'constraint-refused',
  DATABASE_NOT_FOUND: 'server-gone',
  HOST_NOT_FOUND: 'access-refused',
  HOST_UNREACHABLE: 'connection-lost',
  KEY_NOT_UNIQUE: 'constraint-refused',
  LEDGER_MISMATCH: 'ledger-wrong',
  POOL_CLOSED: 'pool-closed',
  POOL_EXHAUSTED: 'pool-closed',
  RANGE_TAKEN: 'lock-lost',
  RUN_LOCK_LOST: 'lock-lost',
  SANDBOX_MISSING: 'code-broken',
  SERVER_STARTING: 'connection-lost',
  SOURCE_DRIFT: 'drift',
  TABLE_CHANGED: 'schema-incompatible',
  TARGET_DRIFT: 'schema-incompatible',
  TARGET_SCHEMA_MISMATCH: 'schema-incompatible',
  TARGET_TYPE_MISSING: 'schema-incompatible',
  TIMEOUT: 'timeout',
  TLS_FAILED: 'access-refused',
  TOO_MANY_CONNECTIONS: 'out-of-resources',
};

/** Codes of a TLS handshake that failed for good; anything beginning ERR_SSL or ERR_TLS joins them. */
export const tlsCodes: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'EPROTO',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
