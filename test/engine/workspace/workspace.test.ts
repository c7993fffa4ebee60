import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RehearsalReport } from '../../../engine/contract/rehearsal.ts';
import { MigrationError } from '../../../engine/core/errors.ts';
import { createPlan } from '../../../engine/mapping/suggest-plan.ts';
import { writePlan } from '../../../engine/plan/write-plan.ts';
import { createWorkspace, type Workspace } from '../../../engine/workspace/workspace.ts';
import { held } from '../report/held-chaos.ts';
import { catalog, column } from '../schema/build-catalog.ts';

const shop = catalog([{ name: 'users', columns: [column('id'), column('email', 'text')] }]);
const plan = createPlan(shop, { migration: 'shop', today: '2026-01-02' });

let folder: string;
let workspace: Workspace;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'towpath-workspace-'));
  workspace = createWorkspace({ folder });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function errorOf(work: () => unknown): MigrationError {
  try {
    work();
  } catch (error) {
    if (error instanceof MigrationError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

const rehearsal: RehearsalReport = {
  status: 'failed',
  planHash: 'hash',
  entities: [
    { entity: 'users', rows: 2, written: 1, repaired: 0, quarantined: 1, rowsPerSecond: 10, samples: [] },
  ],
  validation: {
    runId: 'run',
    type: 'all',
    timestamp: '2026-01-02T03:04:05.000Z',
    overallStatus: 'differences',
    checks: [],
    issues: [
      {
        kind: 'mismatching',
        severity: 'critical',
        entity: 'users',
        check: 'row-compare',
        key: '1',
        expected: 'zebulon@quixwood.example',
        actual: 'Zebulon Quixwood',
        fix: "update users set email = 'zebulon@quixwood.example'",
        message: 'users: email of 1 is not what the plan makes of the source.',
      },
    ],
    notVerified: [],
    recommendations: [],
    rowsCompared: 1,
    valuesCompared: 1,
    money: [],
  },
  forecast: { rows: 2, seconds: { low: 1, likely: 2, high: 3 }, targetBytes: 1, walBytes: 1 },
  removedLeftovers: [],
};

test('an empty folder holds nothing, and says so where something is needed', () => {
  expect(workspace.readCatalog()).toBeNull();
  expect(workspace.planText()).toBeNull();
  expect(workspace.readRehearsal()).toBeNull();
  expect(workspace.reportFiles('run')).toEqual([]);
  expect(workspace.planOnFile()).toBeNull();
});

test('what was written reads as the same, and no draft stays behind', () => {
  workspace.writeCatalog(shop);
  workspace.writePlanText(writePlan(plan));
  expect(workspace.readCatalog()).toEqual(shop);
  expect(workspace.planOnFile()).toMatchObject({ ok: true, plan });
  expect(readdirSync(folder).sort()).toEqual(['.towpath', 'towpath.plan.yaml']);
  expect(readdirSync(join(folder, '.towpath'))).toEqual(['catalog.json']);
});

test('other places than the usual ones', () => {
  const elsewhere = createWorkspace({
    folder,
    planPath: join(folder, 'deep', 'plan.yaml'),
    catalogPath: join(folder, 'cat.json'),
    reportFolder: join(folder, 'proof'),
  });
  elsewhere.writePlanText(writePlan(plan));
  elsewhere.writeCatalog(shop);
  const files = elsewhere.writeReport('run', [{ format: 'md', text: '# Report', detailed: false }]);
  expect(files).toEqual([join(folder, 'proof', 'run.md')]);
  expect(readdirSync(folder).sort()).toEqual(['cat.json', 'deep', 'proof']);
});

test('broken files are told with the way to make them anew', () => {
  writeFileSync(workspace.planPath, 'version: 1\nmigration: [');
  expect(workspace.planOnFile()).toMatchObject({ ok: false, findings: [{ line: 2 }] });
  workspace.writeCatalog(shop);
  writeFileSync(workspace.catalogPath, '{"tables": []}');
  expect(errorOf(() => workspace.readCatalog())).toMatchObject({
    code: 'FILE_INVALID',
    hint: expect.stringContaining('towpath analyze'),
  });
});

test('a file is read once for each form it takes, whoever changed it', () => {
  workspace.writeCatalog(shop);
  workspace.writePlanText(writePlan(plan));
  const first = workspace.planOnFile();
  expect(workspace.planOnFile()).toBe(first);
  expect(workspace.readCatalog()).toBe(workspace.readCatalog());
  const text = writePlan(plan);
  writeFileSync(workspace.planPath, text.replace('migration: shop', 'migration: shed'));
  expect(workspace.planOnFile()).toMatchObject({ ok: true, plan: { migration: 'shed' } });
  const before = workspace.planOnFile();
  workspace.writeCatalog({ ...shop, tables: [] });
  expect(workspace.planOnFile()).not.toBe(before);
  expect(workspace.planOnFile()?.findings.some(({ severity }) => severity === 'error')).toBe(true);
  rmSync(workspace.planPath);
  expect(workspace.planOnFile()).toBeNull();
});

test('a plan whose code file was changed is another plan', () => {
  const [users] = plan.entities;
  const columns = users!.columns.map((one) =>
    one.to === 'email' ? { ...one, transform: { kind: 'code' as const, file: 'email.ts' } } : one,
  );
  workspace.writeCatalog(shop);
  workspace.writePlanText(writePlan({ ...plan, entities: [{ ...users!, columns }] }));
  expect(workspace.planOnFile()).toMatchObject({ ok: false });
  writeFileSync(join(folder, 'email.ts'), 'export default (row) => row.email');
  const first = workspace.planOnFile()!;
  expect(first).toMatchObject({ ok: true });
  expect(workspace.planOnFile()).toBe(first);
  writeFileSync(join(folder, 'email.ts'), 'export default (row) => row.id');
  const second = workspace.planOnFile()!;
  expect(second).toMatchObject({ ok: true });
  expect(second.ok && first.ok && second.hash !== first.hash).toBe(true);
});

test('with it, what the moves under faults showed', () => {
  workspace.writeRehearsal({ ...rehearsal, chaos: held });
  expect(workspace.readRehearsal()!.chaos).toEqual(held);
});

test('a rehearsal is kept without the values its checks quote, for its owner only', () => {
  workspace.writeRehearsal(rehearsal);
  const file = join(folder, '.towpath', 'rehearsal.json');
  expect(readFileSync(file, 'utf8')).not.toMatch(/quixwood/i);
  expect(statSync(file).mode & 0o077).toBe(0);
  const read = workspace.readRehearsal()!;
  expect(read.forecast).toEqual(rehearsal.forecast);
  expect(read).not.toHaveProperty('chaos');
  expect(read.validation.issues[0]!.message).toBe(rehearsal.validation.issues[0]!.message);
  writeFileSync(file, '{"status": "passed"}');
  expect(workspace.readRehearsal()).toBeNull();
  writeFileSync(file, 'half a');
  expect(errorOf(() => workspace.readRehearsal()).code).toBe('FILE_INVALID');
});

test('reports are found again by their run; detailed ones are private', () => {
  const files = workspace.writeReport('run/1', [
    { format: 'html', text: '<p>', detailed: false },
    { format: 'json', text: '{}', detailed: true },
  ]);
  expect(files.map((file) => file.slice(folder.length + 1))).toEqual([
    'reports/run_1.html',
    'reports/run_1.json',
  ]);
  expect(workspace.reportFiles('run/1')).toEqual(files);
  expect(workspace.reportFiles('run/2')).toEqual([]);
  expect(statSync(files[1]!).mode & 0o077).toBe(0);
});

test('a folder that cannot be written to', () => {
  writeFileSync(join(folder, 'file'), '');
  const inFile = createWorkspace({ folder: join(folder, 'file') });
  expect(errorOf(() => inFile.writeCatalog(shop)).code).toBe('FILE_NOT_WRITTEN');
});
