/** Columns that hold passwords: they never go into a table that people read. */
import type { PlanEntity } from './plan-file.ts';

const PASSWORD =
  /^(password|passwd|pwd|password_?hash|hashed_password|encrypted_password|password_digest|crypted_password)$/;

export function isPassword(column: string): boolean {
  return PASSWORD.test(column.toLowerCase());
}

/** Those that stay behind. */
export function passwordsLeftOut({ leftOut }: Pick<PlanEntity, 'leftOut'>): PlanEntity['leftOut'] {
  return leftOut.filter(({ column }) => isPassword(column));
}
