/**
 * The plan as a file: YAML (JSON is YAML too) ⇄ PlanFile.
 *
 * Reading promises: whatever is wrong becomes a finding with the line it is on; nothing is guessed. Writing promises:
 * reading what was written gives the same plan, and the same plan gives the same text.
 * Anchors, merge keys and tags are not part of a plan: they are refused, so that a small file cannot unfold into a huge one.
 */
import { type Document, isMap, isNode, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { MigrationError } from '../core/errors.ts';
import { findingText, type LocateLine, type PlanFinding } from './finding.ts';
import { issueFinding } from './issue-words.ts';
import { namedPath } from './named-path.ts';
import { type PlanFile, planFile } from './plan-file.ts';
import { type ReadCode, withCodeRead } from './read-code.ts';

export type PlanRead =
  | { readonly ok: true; readonly plan: PlanFile; readonly locate: LocateLine }
  | { readonly ok: false; readonly findings: readonly PlanFinding[] };

/** Without `readCode`, code that stands in files stays unread: enough to look at a plan, not to approve or run it. */
export function readPlan(text: string, readCode?: ReadCode): PlanRead {
  return readPlanDocument(text, readCode).read;
}

/** Also the document itself, for those who edit it. */
export function readPlanDocument(
  text: string,
  readCode?: ReadCode,
): {
  readonly read: PlanRead;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
} {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: false });
  return { read: readDocument(document, lines, readCode), document, lines };
}

function readDocument(document: Document.Parsed, lines: LineCounter, readCode?: ReadCode): PlanRead {
  const broken = document.errors.map((error) => syntaxFinding(error, lines));
  if (broken.length > 0) return { ok: false, findings: broken };
  const foreign = firstForeign(document, lines);
  if (foreign) return { ok: false, findings: [foreign] };
  const value: unknown = document.toJS();
  const result = planFile.safeParse(value);
  const locate = locator(document, lines);
  if (result.success)
    return readCode ? codeRead(result.data, readCode, locate) : { ok: true, plan: result.data, locate };
  return { ok: false, findings: result.error.issues.flatMap((issue) => findingsOf(issue, value, locate)) };
}

function codeRead(written: PlanFile, readCode: ReadCode, locate: LocateLine): PlanRead {
  const { plan, mistakes } = withCodeRead(written, readCode);
  if (mistakes.length === 0) return { ok: true, plan, locate };
  const findings = mistakes.map(({ at, ...words }): PlanFinding => {
    return { line: locate(at), path: namedPath(at, written), severity: 'error', ...words };
  });
  return { ok: false, findings };
}

/** Throws a MigrationError PLAN_INVALID that lists every finding with its line. */
export function parsePlan(text: string, file = 'plan.yaml', readCode?: ReadCode): PlanFile {
  return planOrThrow(readPlan(text, readCode), file);
}

/** Throws a MigrationError PLAN_INVALID that lists every finding with its line. */
export function planOrThrow(read: PlanRead, file: string): PlanFile {
  if (read.ok) return read.plan;
  throw new MigrationError({
    code: 'PLAN_INVALID',
    message: read.findings.map((finding) => findingText(finding, file)).join('\n'),
    hint: 'Correct these lines of the plan, then check it with: towpath map',
    details: { file, findings: read.findings },
  });
}

function findingsOf(issue: z.core.$ZodIssue, value: unknown, locate: LocateLine): PlanFinding[] {
  return issueFinding(issue, value).map(({ at, ...finding }) => ({ line: locate(at), ...finding }));
}

function syntaxFinding(
  error: { pos: [number, number]; message: string; code: string },
  lines: LineCounter,
): PlanFinding {
  const twice = error.code === 'DUPLICATE_KEY';
  return {
    line: lines.linePos(error.pos[0]).line,
    path: '',
    severity: 'error',
    message: twice ? 'The same key stands twice.' : `This is not valid YAML: ${error.message.split('\n')[0]}`,
    hint: twice
      ? 'Keep one of them.'
      : 'Check the indentation, the quotes and the brackets around this line.',
  };
}

/** YAML that could unfold into something huge, and a name that JavaScript gives a meaning of its own. */
function firstForeign(document: Document, lines: LineCounter): PlanFinding | null {
  let found: PlanFinding | null = null;
  const refuse = (node: Node, message: string, hint: string) => {
    const { line } = lines.linePos(node.range?.[0] ?? 0);
    found = { line, path: '', severity: 'error', message, hint };
    return visit.BREAK;
  };
  visit(document, {
    Alias: (_key, node) => refuse(node, 'A plan holds no YAML aliases.', 'Write the value out.'),
    Scalar: (key, node) =>
      key === 'key' && node.value === '__proto__'
        ? refuse(
            node,
            'The name “__proto__” cannot be used here.',
            'Map such a value with a filter, or leave it to quarantine.',
          )
        : undefined,
  });
  return found;
}

/** Line of the deepest part of the path that the file holds. */
function locator(document: Document, lines: LineCounter): LocateLine {
  return (path) => {
    let node: unknown = document.contents;
    let offset = isNode(node) ? node.range?.[0] : undefined;
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find(
          (item) => (isNode(item.key) ? String(item.key) : item.key) === String(step),
        );
        if (!pair) break;
        offset = (isNode(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(step)];
        if (!isNode(node)) break;
        offset = node.range?.[0] ?? offset;
      } else break;
    }
    return offset === undefined ? null : lines.linePos(offset).line;
  };
}
