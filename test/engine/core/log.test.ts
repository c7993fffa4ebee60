import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog, createSilentLog, type LogLevel } from '../../../engine/core/log.ts';

let base: string;
let now: Date;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'towpath-log-'));
  now = new Date('2026-03-04T23:59:59.500Z');
});

afterEach(() => rmSync(base, { recursive: true }));

const folder = () => join(base, 'logs');
const open = (level: LogLevel = 'info', where: string | null = folder()) =>
  createLog({ level, folder: where, clock: { now: () => now }, correlationId: 'run-1' });

function lines(file: string): Record<string, unknown>[] {
  return readFileSync(join(folder(), file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('a line has the promised fields', () => {
  const log = open();
  log.info('batch.completed', { rows: 5 }, { component: 'copy', entity: 'patients' });
  log.close();
  expect(lines('migration-20260304.log')).toEqual([
    {
      level: 'info',
      timestamp: '2026-03-04T23:59:59.500Z',
      component: 'copy',
      entity: 'patients',
      action: 'batch.completed',
      correlationId: 'run-1',
      details: { rows: 5 },
    },
  ]);
});

test('a child carries its component and entity', () => {
  const log = open();
  log.child({ component: 'copy' }).child({ entity: 'visits' }).warn('batch.retry');
  log.close();
  expect(lines('migration-20260304.log')).toMatchObject([
    { component: 'copy', entity: 'visits', level: 'warn' },
  ]);
});

test('no folder before the first line, and none for a level that is off', () => {
  const log = open('warn');
  log.info('quiet');
  expect(existsSync(folder())).toBe(false);
  log.error('loud');
  log.close();
  expect(lines('migration-20260304.log')).toHaveLength(1);
});

test('a new day has a new file, and closing does not end the log', () => {
  const log = open();
  log.info('before');
  now = new Date('2026-03-05T00:00:00.000Z');
  log.info('after');
  log.close();
  log.info('again');
  log.close();
  expect(readdirSync(folder()).sort()).toEqual(['migration-20260304.log', 'migration-20260305.log']);
  expect(lines('migration-20260305.log').map(({ action }) => action)).toEqual(['after', 'again']);
});

test('a line is in the file at once', () => {
  open().info('written');
  expect(lines('migration-20260304.log')).toHaveLength(1);
});

test('secrets and addresses do not reach the file', () => {
  const log = open('debug');
  log.debug('connect', { password: 'hunter2', url: 'postgres://u:hunter2@h/d', to: 'hunter2@example.org' });
  log.close();
  expect(readFileSync(join(folder(), 'migration-20260304.log'), 'utf8')).not.toContain('hunter2');
});

test('a folder that cannot be made stops nothing', () => {
  writeFileSync(join(base, 'file'), '');
  const log = open('info', join(base, 'file', 'logs'));
  log.error('lost');
  log.close();
  createSilentLog().error('lost too');
});
