/**
 * What can be asked about a migration, as shapes. None of it holds a raw value of somebody's data: statistics, names,
 * codes of few values, and values whose form is kept and whose content is masked.
 */
export * from './facts/audit.ts';
export * from './facts/code.ts';
export * from './facts/plan.ts';
export * from './facts/row.ts';
export * from './facts/run.ts';
export * from './facts/set-aside.ts';
export * from './facts/source.ts';
