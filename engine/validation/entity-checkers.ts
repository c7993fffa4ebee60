/** Every check there is, in the order in which they are done and reported. */
import type { ValidationType } from '../contract/validation.ts';
import { checkConstraint } from './checks/check-constraint.ts';
import { codeDeterminism } from './checks/code-determinism.ts';
import { declaredKey } from './checks/declared-key.ts';
import { enumeration } from './checks/enumeration.ts';
import { foreignKey, genericRelation } from './checks/foreign-key.ts';
import { foreignWriters } from './checks/foreign-writers.ts';
import { mapping } from './checks/mapping.ts';
import { money } from './checks/money.ts';
import { notNull } from './checks/not-null.ts';
import { indexValidity, referenceIndex, statistics } from './checks/performance.ts';
import { recordCount } from './checks/record-count.ts';
import { rowCompare } from './checks/row-compare.ts';
import { timeRange } from './checks/time-range.ts';
import { primaryKey, unique } from './checks/unique.ts';
import type { EntityChecker } from './entity-check.ts';

const ALL: readonly EntityChecker[] = [
  recordCount,
  rowCompare,
  codeDeterminism,
  mapping,
  foreignWriters,
  primaryKey,
  unique,
  notNull,
  checkConstraint,
  foreignKey,
  genericRelation,
  declaredKey,
  money,
  enumeration,
  timeRange,
  statistics,
  indexValidity,
  referenceIndex,
];

export function checkersOf(type: ValidationType): readonly EntityChecker[] {
  return type === 'all' ? ALL : ALL.filter((checker) => checker.types.includes(type));
}
