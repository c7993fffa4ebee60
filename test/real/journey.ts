/** The whole way of one database through the command line, as its users walk it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isSeq, parse, parseDocument } from 'yaml';
import { type PlanFile, planFile } from '../../engine/plan/plan-file.ts';
import type { Catalog } from '../../engine/schema/catalog.ts';
import type { Workplace } from '../scenarios/towpath-process.ts';

export interface Step {
  readonly words: string;
  readonly code: number | null;
  readonly milliseconds: number;
  readonly note: string;
}

export interface Way {
  readonly steps: readonly Step[];
  readonly catalog: Catalog;
  readonly plan: PlanFile | null;
  readonly tables: number;
  readonly columns: number;
  readonly rows: number;
  readonly questions: number;
  readonly setAside: number;
  /** What validation says, and how much it found. */
  readonly verdict: string;
  /** Causes for which rows were set aside: entity and target column. */
  readonly causes: readonly Cause[];
  /** Entity → rows set aside. */
  readonly asideOf: ReadonlyMap<string, number>;
}

export interface Cause {
  readonly entity: string;
  readonly column: string | null;
  readonly reason: string;
  readonly rows: number;
}

/** Exit codes that say the step did its work: done, and some rows set aside. */
const FINE = [0, 5];

export async function analyseOnly(place: Workplace, tell: (step: Step) => void): Promise<Way> {
  const steps = [await walk(place, 'analyze', tell), await walk(place, 'plan', tell)];
  const catalog = readCatalog(place);
  return {
    ...counts(catalog),
    steps,
    catalog,
    plan: null,
    questions: readPlan(place).questions.length,
    setAside: 0,
    verdict: 'analysed only',
    causes: [],
    asideOf: new Map(),
  };
}

/** `brief`: without the steps that only show something, and approved as part of moving. */
export async function wholeWay(
  place: Workplace,
  tell: (step: Step) => void,
  { brief = false }: { readonly brief?: boolean } = {},
): Promise<Way> {
  const steps: Step[] = [];
  for (const words of ['analyze', 'plan']) steps.push(await walk(place, words, tell));
  answerAsRecommended(place);
  const most = brief
    ? ['rehearse', 'migrate all --yes --no-validate']
    : ['map', 'rehearse', 'approve --yes', 'migrate all'];
  for (const words of most) steps.push(await walk(place, words, tell));
  const validate = await walk(place, 'validate all', tell, [0, 3]);
  const report = brief ? [] : [await walk(place, 'report --format json --output report.json', tell)];
  const catalog = readCatalog(place);
  const plan = readPlan(place);
  const proof = JSON.parse(validate.stdout) as Proof;
  const causes = await quarantineCauses(place);
  const asideOf = new Map<string, number>();
  for (const { entity, rows } of causes) asideOf.set(entity, (asideOf.get(entity) ?? 0) + rows);
  return {
    ...counts(catalog),
    steps: [...steps, validate, ...report],
    catalog,
    plan,
    questions: plan.questions.length,
    setAside: causes.reduce((sum, cause) => sum + cause.rows, 0),
    verdict: `${proof.validation.overallStatus}${proof.issues.length > 0 ? `, ${proof.issues.length} issues` : ''}`,
    causes,
    asideOf,
  };
}

interface Proof {
  readonly validation: { readonly overallStatus: string };
  readonly issues: readonly unknown[];
}

async function walk(
  place: Workplace,
  words: string,
  tell: (step: Step) => void,
  fine: readonly number[] = FINE,
): Promise<Step & { readonly stdout: string }> {
  const started = performance.now();
  const { code, stdout, stderr } = await place.run(`${words} --json`);
  const ok = code !== null && fine.includes(code);
  const note = ok ? '' : `${stdout.slice(0, 1500)} ${stderr.slice(-1500)}`.trim();
  const step = { words: words.split(' --')[0]!, code, milliseconds: performance.now() - started, note };
  tell(step);
  if (!ok) throw new Error(`${words} ended with ${code}`);
  return { ...step, stdout };
}

/** In the plan file itself, as somebody with an editor would. */
function answerAsRecommended(place: Workplace): void {
  const file = join(place.folder, 'towpath.plan.yaml');
  const document = parseDocument(readFileSync(file, 'utf8'));
  const questions = document.get('questions');
  if (!isSeq(questions) || questions.items.length === 0) return;
  for (const question of questions.items)
    if (isMap(question)) question.set('answer', question.get('recommended'));
  writeFileSync(file, document.toString({ lineWidth: 0 }));
}

async function quarantineCauses(place: Workplace): Promise<Cause[]> {
  const { stdout } = await place.run('quarantine list --json');
  const { causes } = JSON.parse(stdout) as {
    causes: (Cause & { outcome: string })[];
  };
  return causes.filter(({ outcome }) => outcome === 'quarantined');
}

function counts(catalog: Catalog): Pick<Way, 'tables' | 'columns' | 'rows'> {
  const tables = catalog.tables.filter(({ kind }) => kind === 'table' || kind === 'partitioned');
  return {
    tables: tables.length,
    columns: tables.reduce((sum, { columns }) => sum + columns.length, 0),
    rows: tables.reduce((sum, { exactRows, estimatedRows }) => sum + (exactRows ?? estimatedRows ?? 0), 0),
  };
}

function readCatalog(place: Workplace): Catalog {
  return JSON.parse(readFileSync(join(place.folder, '.towpath/catalog.json'), 'utf8')) as Catalog;
}

function readPlan(place: Workplace): PlanFile {
  return planFile.parse(parse(readFileSync(join(place.folder, 'towpath.plan.yaml'), 'utf8')));
}
