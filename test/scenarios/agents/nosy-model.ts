/**
 * A model that wants to know everything: asked to “look at everything” it calls every reading tool that it holds, on every
 * table, column, kind of records and on some rows; asked with a list of calls as JSON it makes them. It repeats aloud what
 * it was told, so that it is in the next request too.
 */
import { permissions } from '../../../tools/permissions.ts';
import type { Decide, ScriptedCall, SeenRequest } from '../../helpers/openai-server/script.ts';
import { isGuide, sensibleModel } from './sensible-model.ts';

export const EVERYTHING = 'look at everything';

/** `rows`: old keys that are asked about in every kind of records. */
export function createNosyModel(rows: readonly string[]): Decide {
  return (request) => {
    const { lastUserText, toolResults } = request;
    if (isGuide(request) && lastUserText !== EVERYTHING) return sensibleModel(request);
    const wanted = lastUserText === EVERYTHING ? nextLooks(request, rows) : listed(request);
    if (wanted.length > 0) return { toolCalls: wanted };
    return {
      text: toolResults
        .map(({ output }) => output)
        .join('\n')
        .slice(0, 200_000),
    };
  };
}

/** Code that carries what it reads wherever code can put something: messages, values, letter by letter. */
export const leakyCode = {
  entity: 'people',
  column: null,
  source: `export default function transform(row: Row): Result {
  const all = Object.values(row).map(String).join(' ');
  const letters = [...all].join(' ');
  if (Number(row.id) % 3 === 0) throw Object.assign(new Error(all), { name: letters });
  if (Number(row.id) % 3 === 1) throw all + ' is not a function';
  return { whole: all, spelled: letters, code: all.charCodeAt(0) };
}
`,
  reads: [
    'id',
    'first_name',
    'last_name',
    'alias',
    'email',
    'phone',
    'birth_date',
    'note',
    'profile',
    'insurance_no',
    'pass',
  ],
  writes: [
    { column: 'whole', type: 'text' },
    { column: 'spelled', type: 'text' },
    { column: 'code', type: 'integer' },
  ],
  sample: 200,
};

function listed({ lastUserText, toolResults }: SeenRequest): ScriptedCall[] {
  return toolResults.length > 0 ? [] : (JSON.parse(lastUserText) as ScriptedCall[]);
}

const plain: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  whereWeAre: {},
  runPreflight: {},
  analyzeSource: { again: false },
  listTables: { search: null },
  listPersonalData: {},
  assessSource: {},
  readPlan: {},
  readQuestions: { after: null },
  compareWithSource: {},
  draftDdl: { entities: [] },
  runStatus: { runId: null },
  listCauses: { runId: null, entity: null },
  listFindings: { runId: null },
  readReport: { runId: null },
  recentEvents: { limit: 100 },
  listCauseCards: {},
  tryFix: { cards: [], suggested: true },
  previewRollback: {},
  previewRollbackPart: { entities: ['people'], level: null },
  verifyAudit: {},
  listAudit: { runId: null, limit: 100 },
  explainTerm: { term: 'quarantine' },
};

/** First what needs nothing, then what is known by name from that, then the columns. */
function nextLooks({ tools, toolResults }: SeenRequest, rows: readonly string[]): ScriptedCall[] {
  const holds = (name: string) => tools.some((tool) => tool.name === name);
  const done = (name: string) => toolResults.some((result) => result.name === name);
  const calls = (name: string, inputs: readonly object[]): ScriptedCall[] =>
    holds(name) && !done(name) ? inputs.map((given) => ({ name, arguments: { ...given } })) : [];
  if (toolResults.length === 0) return Object.entries(plain).flatMap(([name, given]) => calls(name, [given]));
  const tables = answersOf<{ table: string; entity: string | null }[]>(toolResults, 'listTables').flat();
  const entities = tables.flatMap(({ entity }) => entity ?? []);
  const next = [
    ...calls(
      'describeTable',
      tables.map(({ table }) => ({ table })),
    ),
    ...calls(
      'readMapping',
      entities.map((entity) => ({ entity })),
    ),
    ...calls(
      'explainRow',
      entities.flatMap((entity) => rows.map((id) => ({ entity, id }))),
    ),
    ...calls(
      'listCauses',
      entities.map((entity) => ({ runId: null, entity })),
    ),
  ];
  if (next.length > 0) return next;
  const described = answersOf<{ table: string; columnFacts: { column: string }[] }>(
    toolResults,
    'describeTable',
  );
  return calls(
    'describeColumn',
    described.flatMap(({ table, columnFacts }) => columnFacts.map(({ column }) => ({ table, column }))),
  );
}

function answersOf<Data>(results: SeenRequest['toolResults'], name: string): Data[] {
  return results.flatMap((result) => {
    if (result.name !== name) return [];
    const { data } = JSON.parse(result.output) as { data: Data | null };
    return data === null || data === undefined ? [] : [data];
  });
}

export const readingTools = Object.entries(permissions)
  .filter(([, { permission }]) => permission === 'read')
  .map(([name]) => name);
