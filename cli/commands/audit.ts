/** `towpath audit`: who did what, whether the log is still what was written, and a copy of it as a file. */
import type { AuditEntry, AuditVerdict, AuditWitness } from '../../engine/contract/audit.ts';
import { countOf, formatMoment } from '../../engine/report/words.ts';
import { type AuditExport, newestAuditExport, readAuditHashes } from '../../engine/workspace/audit-export.ts';
import type { CommandModule, Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { errorResult } from '../json/error-result.ts';
import { oneOf, wholeNumber } from '../option-values.ts';
import { errorLines } from '../report-error.ts';
import { auditBroken, auditFolder, exportAudit, targetName } from '../run/save-audit.ts';
import { formatTable, plainText } from '../text/table.ts';
import { usageError } from '../usage-error.ts';

interface AuditOptions {
  readonly expect?: string;
  readonly compare?: string;
  readonly limit?: number;
  readonly run?: string;
  readonly output?: string;
}

const actions = ['verify', 'list', 'export'] as const;

export const auditCommand: CommandModule<AuditOptions> = {
  configure(command) {
    command
      .argument(
        '<action>',
        'verify (is it what was written?), list (who did what) or export (to audit/)',
        oneOf(...actions),
      )
      .option('--expect <hash>', 'with verify: an entry with this hash, noted earlier, must be in the log')
      .option('--compare <file>', 'with verify: compare with this export (default: the newest in audit/)')
      .option(
        '--limit <entries>',
        'with list: so many of the newest (default: 50)',
        wholeNumber(1, 1_000_000),
      )
      .option('--run <run>', 'with list: only entries about this run')
      .option('--output <folder>', 'with export and verify: the folder of exports (default: audit)')
      .addHelpText(
        'after',
        `
verify ends with 0 where the log is whole, with 3 where it is not, and names the first entry that was changed, removed,
inserted, or that the log was cut off behind. Without an export or --expect it cannot see a cut at the end, and says so.
The log is exported after every run and rollback.

Examples:
  towpath audit verify
  towpath audit verify --expect 5d41402abc4b2a76b9719d911017c592ae2f3c1d6d4a3b1f0c9e8d7a6b5c4d3e
  towpath audit list --limit 20
  towpath audit export`,
      );
  },
  run(context, options, [action]) {
    if (options.expect !== undefined && !/^[0-9a-f]{64}$/i.test(options.expect))
      throw usageError(
        '--expect wants a hash of 64 hexadecimal digits.',
        'audit list --json shows the hashes.',
      );
    if (action === 'verify') return verify(context, options);
    return action === 'export' ? writeExport(context, options) : listEntries(context, options);
  },
};

async function verify(context: Context, options: AuditOptions): Promise<ExitCode> {
  const kept = await witnessOf(context, options);
  const verdict = await context.withEngine('target', (engine) => engine.verifyAudit(kept.witness));
  const error = verdict.intact ? null : auditBroken(verdict, context);
  context.output.result({
    ...(error === null ? { status: 'success' } : errorResult(error)),
    verdict,
    comparedWith: kept.file,
  });
  context.output.say(...verdictLines(verdict, kept.file));
  if (error !== null) context.output.warn(...errorLines(error, context.verbose));
  if (!verdict.guarded)
    context.output.warn(
      'The table’s own refusal of changes is switched off or missing. Somebody with the rights of its owner did that; the next command that writes does not put it back.',
    );
  return verdict.intact ? exitCode.done : exitCode.gateClosed;
}

interface Kept {
  readonly witness: AuditWitness;
  readonly file: string | null;
}

async function witnessOf(context: Context, { expect, compare, output }: AuditOptions): Promise<Kept> {
  const named = compare === undefined ? null : context.path(compare);
  const newest =
    named === null ? newestAuditExport(auditFolder(context, output), await targetName(context)) : null;
  const file = named ?? newest?.path ?? null;
  const witness = {
    ...(file === null ? {} : { hashes: readAuditHashes(file) }),
    ...(expect === undefined ? {} : { hash: expect.toLowerCase() }),
  };
  return { witness, file };
}

function verdictLines(verdict: AuditVerdict, file: string | null): string[] {
  const { entries } = verdict;
  if (!verdict.intact) return [`${countOf(entries, 'entry')} before the first that is wrong.`];
  const compared =
    file !== null
      ? `Compared with ${file}: nothing of it is missing.`
      : verdict.witnessed
        ? 'The expected entry is in it.'
        : 'Whether entries were cut off at the end was not checked: there is no export of this log in audit/ and no --expect.';
  return [
    `The audit log is whole: ${countOf(entries, 'entry')}, each as it was written.`,
    compared,
    ...(verdict.lastHash === null ? [] : [`Hash of the last: ${verdict.lastHash}`]),
  ];
}

async function listEntries(context: Context, { limit = 50, run }: AuditOptions): Promise<ExitCode> {
  const all = await context.withEngine('target', (engine) =>
    engine.auditLog(run === undefined ? limit : Number.MAX_SAFE_INTEGER),
  );
  const entries = all.filter(({ details }) => run === undefined || details.runId === run).slice(0, limit);
  context.output.result({ status: 'success', entries });
  context.output.say(
    ...(entries.length === 0
      ? ['Nothing has been entered yet.']
      : formatTable(['entry', 'when', 'who', 'what', 'about'], entries.map(cells))),
  );
  return exitCode.done;
}

function cells({ seq, at, actor, action, details }: AuditEntry): string[] {
  return [seq, formatMoment(at), plainText(actor, 40), plainText(action, 40), plainText(about(details), 100)];
}

/** Names and numbers first; a hash is told by its beginning. */
function about(details: AuditEntry['details']): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return `${name} ${/^[0-9a-f]{64}$/.test(text) ? text.slice(0, 12) : text}`;
    })
    .join(', ');
}

async function writeExport(context: Context, { output }: AuditOptions): Promise<ExitCode> {
  const written: AuditExport | null = await context.withEngine('target', (engine) =>
    exportAudit(context, engine, auditFolder(context, output)),
  );
  context.output.result({ status: 'success', file: written?.path ?? null, head: written?.head ?? null });
  context.output.say(
    ...(written === null
      ? ['Nothing has been entered yet, so there is nothing to export.']
      : [
          `Wrote ${countOf(written.head.entries, 'entry')} to ${written.path}.`,
          `Hash of the last: ${written.head.lastHash}. Note it elsewhere: towpath audit verify --expect HASH.`,
        ]),
  );
  return exitCode.done;
}
