/** Rules over the code of one entity: what it reads is there, what it writes is its own to write, and nothing is written twice. */
import type { Table } from '../schema/catalog.ts';
import { codeOf, isCodeColumn, ownCode, type PlannedCode } from './code-units.ts';
import type { PlanPath, Tell } from './finding.ts';
import { nearest } from './nearest.ts';
import type { PlanColumn, PlanEntity } from './plan-file.ts';
import { transformsOf } from './transforms.ts';

/** Columns that the move itself fills. */
const OWN = new Set(['id', 'legacy_id', 'metadata']);

export function checkCode(entity: PlanEntity, table: Table, at: PlanPath, tell: Tell): void {
  const writers = new Map<string, string>();
  for (const code of codeOf(entity)) {
    checkReads(code, table, at, tell);
    checkText(code, at, tell);
    code.writes.forEach((name, i) => {
      const place = code.at[0] === 'code' ? [...at, ...code.at, 'writes', i] : [...at, ...code.at];
      checkWritten(entity, name, code, place, tell);
      const who =
        code.file ?? (code.at[0] === 'code' ? `block ${Number(code.at[1]) + 1} of code` : 'its own code');
      const first = writers.get(name);
      if (first !== undefined)
        tell(place, `${name} is written twice: by ${first} and by ${who}.`, 'Let one of them write it.');
      else writers.set(name, who);
    });
  }
  entity.columns.forEach((column, i) => {
    if (isCodeColumn(column)) checkColumn(column, writers, [...at, 'columns', i], tell);
  });
}

function checkReads({ reads, at: own }: PlannedCode, table: Table, at: PlanPath, tell: Tell): void {
  const place = [...at, ...own];
  if (reads.length === 0)
    tell(
      place,
      'This code reads no column.',
      'Name the old columns that it works with under reads, or one with from.',
    );
  const names = table.columns.map(({ name }) => name);
  reads.forEach((name, i) => {
    const here = [...place, 'reads', i];
    if (reads.indexOf(name) < i) tell(here, `The code reads ${name} twice.`, 'Name it once.');
    // Those of a column's own code are looked at with everything else that the column reads.
    if (own[0] !== 'code' || names.includes(name)) return;
    const meant = nearest(name, names);
    tell(
      here,
      `${table.schema}.${table.name} has no column ${name}.`,
      meant ? `Did you mean ${meant}?` : `Its columns: ${names.slice(0, 20).join(', ')}.`,
    );
  });
}

function checkText({ source, file, at: own }: PlannedCode, at: PlanPath, tell: Tell): void {
  if (source !== null) return;
  const place = [...at, ...own];
  if (file === null)
    tell(place, 'There is no code here.', 'Write it as source, or name a file beside the plan with file.');
  else
    tell(
      place,
      `The code in ${file} was not read.`,
      'Put the file beside the plan and read the plan from its folder.',
    );
}

function checkWritten(
  { columns }: PlanEntity,
  name: string,
  code: PlannedCode,
  place: PlanPath,
  tell: Tell,
): void {
  const column = columns.find(({ to }) => to === name);
  if (!column) {
    const meant = nearest(
      name,
      columns.map(({ to }) => to),
    );
    tell(
      place,
      `Code writes ${name}, which is no column of the new table.`,
      meant ? `Did you mean ${meant}?` : `Add it to columns with its type and the transform { kind: code }.`,
    );
    return;
  }
  const [step] = transformsOf(column);
  if (code.at[0] === 'code' && step!.kind !== 'code') {
    tell(
      place,
      `${name} is made by the transform ${step!.kind} already.`,
      'Give the column the transform { kind: code }, or take it out of writes.',
    );
  }
}

function checkColumn(
  column: PlanColumn,
  writers: ReadonlyMap<string, string>,
  place: PlanPath,
  tell: Tell,
): void {
  const { to, type } = column;
  const at = [...place, 'transform'];
  if (OWN.has(to) || type === 'uuid') {
    tell(
      at,
      `${to} cannot be written by code: keys and links are worked out from the old keys, so that they fit together.`,
      'Use uuid or reference, or copy the old value.',
    );
  }
  if (transformsOf(column).length > 1)
    tell(at, 'The transform code must stand alone.', 'Do the other steps in the code.');
  if (!ownCode(column) && !writers.has(to)) {
    tell(
      at,
      `No code writes ${to}.`,
      "Add source or file here, or name the column under writes of the entity's code.",
    );
  }
  if (column.money)
    tell(
      [...place, 'money'],
      `The sums of ${to} cannot be compared: code works its amounts out anew.`,
      'Take money out, or move the amount without code.',
    );
}
