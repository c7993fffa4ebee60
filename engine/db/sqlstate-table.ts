/**
 * Every SQLSTATE, SQLSTATE class and errno that is known here, and what to do about it. Data, so that it can be
 * reviewed and tested; message texts are never looked at, since servers speak many languages.
 * Codes: PostgreSQL documentation, appendix A; Node's `os.constants.errno` and `tls` documentation.
 */
import type { Severity } from '../core/errors.ts';

export interface KnownCode {
  readonly name: string;
  readonly severity: Severity;
  readonly retryable: boolean;
}

const stop = (name: string): KnownCode => ({ name, severity: 'critical', retryable: false });
const stopAfterRetries = (name: string): KnownCode => ({ name, severity: 'critical', retryable: true });
const retry = (name: string): KnownCode => ({ name, severity: 'major', retryable: true });
const badRow = (name: string): KnownCode => ({ name, severity: 'minor', retryable: false });

/** Five characters: the code. Wins over its class. */
export const sqlstates: Readonly<Record<string, KnownCode>> = {
  '08004': stop('server_rejected_connection'),
  '08P01': stop('protocol_violation'),
  '25006': stop('read_only_sql_transaction'),
  '25P03': retry('idle_in_transaction_session_timeout'),
  '25P04': retry('transaction_timeout'),
  '40002': badRow('transaction_integrity_constraint_violation'),
  '53100': stop('disk_full'),
  '53400': stop('configuration_limit_exceeded'),
  '55006': retry('object_in_use'),
  '55P03': retry('lock_not_available'),
  '57014': retry('query_canceled'),
  '57P01': retry('admin_shutdown'),
  '57P02': retry('crash_shutdown'),
  '57P03': retry('cannot_connect_now'),
  '57P05': retry('idle_session_timeout'),
};

/** Two characters: the class. */
export const sqlstateClasses: Readonly<Record<string, KnownCode>> = {
  '08': retry('connection_exception'),
  '09': badRow('triggered_action_exception'),
  '0A': stop('feature_not_supported'),
  '21': badRow('cardinality_violation'),
  '22': badRow('data_exception'),
  '23': badRow('integrity_constraint_violation'),
  '25': stop('invalid_transaction_state'),
  '26': stop('invalid_sql_statement_name'),
  '27': badRow('triggered_data_change_violation'),
  '28': stop('invalid_authorization_specification'),
  '2F': badRow('sql_routine_exception'),
  '38': badRow('external_routine_exception'),
  '39': badRow('external_routine_invocation_exception'),
  '3D': stop('invalid_catalog_name'),
  '3F': stop('invalid_schema_name'),
  '40': retry('transaction_rollback'),
  '42': stop('syntax_error_or_access_rule_violation'),
  '44': badRow('with_check_option_violation'),
  '53': retry('insufficient_resources'),
  '54': badRow('program_limit_exceeded'),
  '55': stop('object_not_in_prerequisite_state'),
  '57': stop('operator_intervention'),
  '58': stop('system_error'),
  '72': retry('snapshot_too_old'),
  P0: badRow('plpgsql_error'),
  XX: stop('internal_error'),
};

/** Codes of Node's sockets, name resolution, files and TLS. */
export const errnos: Readonly<Record<string, KnownCode>> = {
  ECONNREFUSED: stopAfterRetries('connection_refused'),
  ECONNRESET: retry('connection_reset'),
  ECONNABORTED: retry('connection_aborted'),
  EPIPE: retry('connection_closed'),
  ETIMEDOUT: retry('connection_timed_out'),
  ERR_STREAM_PREMATURE_CLOSE: retry('connection_closed'),
  ERR_STREAM_DESTROYED: retry('connection_closed'),
  ERR_STREAM_WRITE_AFTER_END: retry('connection_closed'),
  ENOTCONN: retry('not_connected'),
  EHOSTDOWN: retry('host_down'),
  EHOSTUNREACH: retry('host_unreachable'),
  ENETUNREACH: retry('network_unreachable'),
  ENETDOWN: retry('network_down'),
  ENETRESET: retry('network_reset'),
  EADDRNOTAVAIL: retry('no_local_port'),
  EAI_AGAIN: retry('name_resolution_failed_for_now'),
  ENOTFOUND: stop('host_not_found'),
  ENODATA: stop('host_not_found'),
  EMFILE: retry('too_many_open_files'),
  ENFILE: retry('too_many_open_files'),
  ENOMEM: retry('out_of_memory'),
  ENOSPC: stop('disk_full'),
  EDQUOT: stop('disk_quota_exceeded'),
  EROFS: stop('read_only_file_system'),
  EACCES: stop('permission_denied'),
  EPERM: stop('permission_denied'),
  ENOENT: stop('not_found'),
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
