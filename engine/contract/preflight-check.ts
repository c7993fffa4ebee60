/** What is looked at before anything else. */

export interface PreflightCheck {
  readonly name: string;
  readonly status: 'pass' | 'warn' | 'fail' | 'skipped';
  /** What was found, in one sentence. */
  readonly message: string;
  /** What to do, for warnings and failures. */
  readonly remedy: string | null;
}
