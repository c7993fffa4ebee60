/** The audit log as a conversation asks about it: whether it is whole, and who did what. */
import type { z } from 'zod';
import type { AuditEntry } from '../../contract/audit.ts';
import type { Engine } from '../../contract/contract.ts';
import type {
  auditEntryFacts as entryShape,
  auditVerdictFacts as verdictShape,
} from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { shownSentence, shownText } from '../../core/shown-text.ts';
import { countOf, formatMoment } from '../../report/words.ts';
import { whatOf } from './event-facts.ts';

type VerdictFacts = z.infer<typeof verdictShape>;
type EntryFacts = z.infer<typeof entryShape>;

/** Without what was exported of it, so its end is not looked at; that is said. @throws MigrationError NO_RUN */
export async function auditVerdictFacts(engine: Pick<Engine, 'verifyAudit'>): Promise<Told<VerdictFacts>> {
  const verdict = await engine.verifyAudit();
  const { intact, entries, guarded } = verdict;
  const data = {
    ...{ intact, entries, guarded, endChecked: false },
    fault: verdict.intact ? null : verdict.kind,
    brokenAt: verdict.intact ? null : verdict.brokenAt,
    lastHash: verdict.intact ? verdict.lastHash : null,
  };
  const words = [
    verdict.intact
      ? `The audit log is whole: ${countOf(entries, 'entry')}, each as it was written.`
      : `The audit log is not what was written: ${countOf(entries, 'entry')} before entry ${verdict.brokenAt}, and that one was ${faultWords[verdict.kind]}. Find out who may write there before anything else.`,
    ...(guarded ? [] : ['The table’s own refusal of changes was switched off or altered.']),
    'Whether entries were cut off at its end I cannot see from here: “towpath audit verify” compares it with the export in audit/.',
  ].join(' ');
  return { words, data, choices: ['Show the audit log', 'Where are we'] };
}

const faultWords = {
  changed: 'changed',
  removed: 'written behind a gap: entries before it are gone',
  inserted: 'inserted later',
  'cut-off': 'the last that is left',
} as const;

/** Newest first. @throws MigrationError NO_RUN */
export async function auditEntryFacts(
  engine: Pick<Engine, 'auditLog'>,
  { runId, limit }: { readonly runId: string | null; readonly limit: number },
): Promise<Told<EntryFacts[]>> {
  const all = await engine.auditLog(runId === null ? limit : Number.MAX_SAFE_INTEGER);
  const data = all
    .filter(({ details }) => runId === null || details.runId === runId)
    .slice(0, limit)
    .map(factsOf);
  const last = data[0];
  const words =
    last === undefined
      ? 'Nothing has been entered into the audit log yet.'
      : `The newest of ${countOf(data.length, 'entry')} of the audit log, ${formatMoment(last.at)}: ${last.who}: ${last.what}`;
  return { words, data, choices: ['Is the audit log intact', 'Where are we'] };
}

function factsOf({ seq, at, actor, action, details }: AuditEntry): EntryFacts {
  return {
    entry: seq,
    at,
    who: shownSentence(actor, 80),
    action: shownText(action, 60),
    what: whatOf({ kind: 'audit', action, entity: null, message: null, details }),
  };
}
