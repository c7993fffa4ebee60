import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AuditVerdict, AuditWitness } from '../../engine/contract/audit.ts';
import { judgeChain } from '../../engine/control/audit-chain.ts';
import { createFakeEngine, fakeAudit } from './fake-engine.ts';
import { errorShape } from './json-shapes.ts';
import { makeFolder, runCli } from './run-cli.ts';

const env = { TARGET_DATABASE_URL: 'postgres://user:pass@db.example.org/app' };

/** An engine whose log is these entries, their hashes taken as right. */
function withLog(entries = fakeAudit, guarded = true) {
  const asked: AuditWitness[] = [];
  const fake = createFakeEngine({
    auditLog: async (limit) => entries.slice(-limit).reverse(),
    async *auditEntries() {
      yield* entries;
    },
    verifyAudit: async (witness = {}): Promise<AuditVerdict> => {
      asked.push(witness);
      const first = entries[0]?.previousHash;
      const links = entries.map((entry) => ({
        ...entry,
        previousHash: entry.previousHash === first ? '0'.repeat(64) : entry.previousHash,
        sound: true,
      }));
      return { ...judgeChain(links, witness), guarded };
    },
  });
  return { fake, asked };
}

const filesIn = (folder: string) => readdirSync(join(folder, 'audit')).sort();

test('an export holds every entry and a head; verify compares with it', async () => {
  const { fake } = withLog();
  const written = await runCli(['audit', 'export'], { fake, env });
  expect(written.code).toBe(0);
  const [head, lines] = filesIn(written.folder);
  expect([head, lines]).toEqual(['audit-111111111111.head.json', 'audit-111111111111.jsonl']);
  const text = readFileSync(join(written.folder, 'audit', lines!), 'utf8');
  expect(
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(fakeAudit);
  expect(JSON.parse(readFileSync(join(written.folder, 'audit', head!), 'utf8'))).toMatchObject({
    format: 1,
    target: 'app on db.example.org:5432',
    entries: 3,
    lastHash: '3'.repeat(64),
    lastSeq: '3',
    file: lines,
  });
  expect(statSync(join(written.folder, 'audit', lines!)).mode & 0o077).toBe(0);

  const again = withLog();
  const verified = await runCli(['audit', 'verify'], { fake: again.fake, env, folder: written.folder });
  expect(verified.code).toBe(0);
  expect(again.asked).toEqual([{ hashes: fakeAudit.map(({ hash }) => hash) }]);
  expect(verified.stdout).toMatch(/whole: 3 entries.*\nCompared with .*jsonl: nothing of it is missing\./);
});

test('without an export the end is told to be unchecked', async () => {
  const { code, stdout } = await runCli(['audit', 'verify'], { fake: withLog().fake, env });
  expect(code).toBe(0);
  expect(stdout).toContain('Whether entries were cut off at the end was not checked');
  const expected = await runCli(['audit', 'verify', '--expect', '3'.repeat(64).toUpperCase()], {
    fake: withLog().fake,
    env,
  });
  expect(expected.stdout).toContain('The expected entry is in it.');
});

test('a log that is cut off ends with 3, and no export is put over the longer one', async () => {
  const { folder } = await runCli(['audit', 'export'], { fake: withLog().fake, env });
  const before = filesIn(folder).map((name) => readFileSync(join(folder, 'audit', name), 'utf8'));
  const cut = () => withLog(fakeAudit.slice(0, 2)).fake;
  const found = await runCli(['audit', 'verify'], { fake: cut(), env, folder });
  expect(found.code).toBe(3);
  expect(found.stderr).toMatch(
    /^Error: .*cut off\. Entry 2: One entry .*\nNext: .*\nMore: docs\/recovery\.md#audit_broken\n/,
  );
  const json = await runCli(['audit', 'verify', '--json'], { fake: cut(), env, folder });
  expect(json.code).toBe(3);
  expect(errorShape.parse(JSON.parse(json.stdout))).toMatchObject({
    error: { code: 'AUDIT_BROKEN', details: { kind: 'cut-off', brokenAt: '2', entriesBefore: 2 } },
    verdict: { intact: false },
  });
  expect((await runCli(['audit', 'export'], { fake: cut(), env, folder })).code).toBe(3);
  expect(filesIn(folder).map((name) => readFileSync(join(folder, 'audit', name), 'utf8'))).toEqual(before);
  const noted = await runCli(['audit', 'verify', '--expect', '3'.repeat(64)], { fake: cut(), env });
  expect(noted.code).toBe(3);
});

test('exports of another target, or of none, are not what a log is compared with', async () => {
  const { folder } = await runCli(['audit', 'export'], { fake: withLog().fake, env });
  const other = { TARGET_DATABASE_URL: 'postgres://user:pass@db.example.org/other' };
  const { asked, fake } = withLog(fakeAudit.slice(0, 1));
  expect((await runCli(['audit', 'verify'], { fake, env: other, folder })).code).toBe(0);
  expect(asked).toEqual([{}]);
  const [head] = filesIn(folder);
  writeFileSync(join(folder, 'audit', head!), '{"format":1}');
  const spoilt = await runCli(['audit', 'verify'], { fake: withLog().fake, env, folder });
  expect(spoilt.code).toBe(2);
  expect(spoilt.stderr).toContain('is not an export of the audit log');
});

test('a named file is compared instead', async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'kept.jsonl'), fakeAudit.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  const { asked, fake } = withLog();
  expect((await runCli(['audit', 'verify', '--compare', 'kept.jsonl'], { fake, env, folder })).code).toBe(0);
  expect(asked[0]!.hashes).toHaveLength(3);
  const missing = await runCli(['audit', 'verify', '--compare', 'no.jsonl'], { fake, env, folder });
  expect(missing.code).toBe(2);
});

test('a log that is written anew between looking and exporting is not exported', async () => {
  const { fake } = withLog();
  const other = createFakeEngine({
    ...fake.engine,
    async *auditEntries() {
      yield* fakeAudit.map((entry, i) =>
        i === fakeAudit.length - 1 ? { ...entry, hash: '9'.repeat(64) } : entry,
      );
    },
  });
  const { code, stderr, folder } = await runCli(['audit', 'export'], { fake: other, env });
  expect(code).toBe(3);
  expect(stderr).toContain('written anew');
  expect(existsSync(join(folder, 'audit'))).toBe(false);
});

test('a guard that was taken away is told, beside a chain that is whole', async () => {
  const { code, stderr } = await runCli(['audit', 'verify'], { fake: withLog(fakeAudit, false).fake, env });
  expect(code).toBe(0);
  expect(stderr).toContain('refusal of changes is switched off or missing');
});

test('list: newest first, of one run, as many as asked for', async () => {
  const { stdout } = await runCli(['audit', 'list', '--limit', '2'], { fake: withLog().fake, env });
  expect(stdout).toMatch(
    /entry\s+when\s+who\s+what\s+about\n\s+3 .*run\.completed\s+runId r1\n\s+2 .*run\.copying/,
  );
  expect(stdout).not.toContain('approval.granted');
  const none = await runCli(['audit', 'list', '--run', 'other'], { fake: withLog().fake, env });
  expect(none.stdout).toContain('Nothing has been entered yet.');
  expect((await runCli(['audit', 'verify', '--expect', 'abc'], { fake: withLog().fake, env })).code).toBe(2);
});

test('after a run the log is exported; a broken one is told beside the result', async () => {
  const done = await runCli(['resume', 'r1'], { fake: withLog().fake, env });
  expect(existsSync(join(done.folder, 'audit/audit-111111111111.jsonl'))).toBe(true);
  const { fake } = withLog(fakeAudit.slice(0, 1));
  const cut = await runCli(['resume', 'r1'], { fake, env, folder: done.folder });
  expect(cut.code).toBe(done.code);
  expect(cut.stderr).toContain('The audit log was not exported: The audit log is not what was written');
});
