/**
 * What groups rows that were set aside into causes, kept with each row: the constraint that refused it, the form of the
 * value that did not fit (never the value), and the plan that it was set aside under, since a run may go on under another.
 *
 *   held → released   the row was moved after all
 *        → left-out   the plan’s filter leaves it out now
 *        → gone       it is no longer in the source
 *
 * What was set aside before this version has neither constraint nor form, and counts as one cause each.
 */
export const causes = `
alter table towpath.quarantined_rows
  add column constraint_name text,
  add column shape text,
  add column plan_hash text,
  add column settled_at timestamptz,
  drop constraint quarantined_rows_state_check,
  add constraint quarantined_rows_state_check check (state in ('held', 'released', 'left-out', 'gone'));
comment on column towpath.quarantined_rows.shape is 'Form of the value that did not fit, such as digits(1-8); never the value.';
comment on column towpath.quarantined_rows.plan_hash is 'The plan that the row was set aside under.';
comment on column towpath.quarantined_rows.settled_at is 'When the row stopped being held.';
`;
