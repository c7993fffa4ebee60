/** What the process ends with, and which error leads there. Scripts rely on these numbers. */

export const exitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  gateClosed: 3,
  waitingForApproval: 4,
  partial: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Error codes that do not simply mean “failed”. */
const byErrorCode: Readonly<Record<string, ExitCode>> = {
  USAGE: exitCode.usage,
  UNKNOWN_ENTITY: exitCode.usage,
  UNKNOWN_TABLE: exitCode.usage,
  UNKNOWN_COLUMN: exitCode.usage,
  AMBIGUOUS_NAME: exitCode.usage,
  CHANGE_REFUSED: exitCode.usage,
  NO_CODE: exitCode.usage,
  CODE_DOES_NOT_FIT: exitCode.usage,
  CATALOG_MISSING: exitCode.usage,
  UNKNOWN_RUN: exitCode.usage,
  UNKNOWN_APPROVAL: exitCode.usage,
  APPROVAL_DECIDED: exitCode.usage,
  REASON_REQUIRED: exitCode.usage,
  NAME_REQUIRED: exitCode.usage,
  NOT_VALIDATED: exitCode.gateClosed,
  RUN_NOT_FINISHED: exitCode.gateClosed,
  NO_RUN: exitCode.usage,
  RUN_IS_OVER: exitCode.usage,
  NOT_RUNNING: exitCode.usage,
  UNKNOWN_BATCH: exitCode.usage,
  GATE_NOT_CLOSED: exitCode.usage,
  CATALOG_INVALID: exitCode.usage,
  INVALID_DAYS: exitCode.usage,
  INVALID_CONFIG: exitCode.usage,
  MISSING_CONFIG: exitCode.usage,
  INVALID_FAILPOINT: exitCode.usage,
  FILE_EXISTS: exitCode.usage,
  FILE_MISSING: exitCode.usage,
  FILE_INVALID: exitCode.usage,
  PLAN_MISSING: exitCode.usage,
  PLAN_INVALID: exitCode.usage,
  SAMPLE_OPTION_INVALID: exitCode.usage,
  SAMPLE_OF_ANOTHER_SIZE: exitCode.usage,
  SCRIPT_INVALID: exitCode.usage,
  UNKNOWN_PLAN: exitCode.usage,
  UNKNOWN_QUESTION: exitCode.usage,
  UNKNOWN_CHOICE: exitCode.usage,
  PLAN_HAS_QUESTIONS: exitCode.gateClosed,
  DEPENDENCY_NOT_MET: exitCode.gateClosed,
  PREFLIGHT_FAILED: exitCode.gateClosed,
  GATE_CLOSED: exitCode.gateClosed,
  VALIDATION_FAILED: exitCode.gateClosed,
  SOURCE_DRIFT: exitCode.gateClosed,
  AUDIT_BROKEN: exitCode.gateClosed,
  APPROVAL_REQUIRED: exitCode.waitingForApproval,
  APPROVAL_EXPIRED: exitCode.waitingForApproval,
  APPROVAL_USED: exitCode.waitingForApproval,
  APPROVAL_TOO_SMALL: exitCode.waitingForApproval,
  APPROVAL_OUTDATED: exitCode.waitingForApproval,
  APPROVAL_DECLINED: exitCode.waitingForApproval,
  APPROVAL_EXCEEDED: exitCode.waitingForApproval,
  INTERRUPTED: exitCode.interrupted,
};

export function exitCodeOf(errorCode: string): ExitCode {
  return byErrorCode[errorCode] ?? exitCode.failed;
}
