/**
 * `towpath demo`: a whole migration on sample data, on a PostgreSQL of its own that is gone afterwards – also after
 * Ctrl-C and after kill -9, because the server's guard watches this process.
 */
import { rmSync } from 'node:fs';
import type { DemoDatabases, DemoServer } from '../../desk/sample-server.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import { countOf, formatCount, formatDuration } from '../../engine/report/words.ts';
import type { CommandModule, Context } from '../command.ts';
import type { DefectAccount } from '../demo/account-for-defects.ts';
import type { Journey } from '../demo/journey.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { decimalNumber } from '../option-values.ts';
import { usageError } from '../usage-error.ts';

interface DemoOptions {
  readonly scale: number;
  readonly ui?: boolean;
}

export const demoCommand: CommandModule<DemoOptions> = {
  configure(command) {
    command
      .option(
        '--scale <n>',
        'size of the sample, 0.002 to 100; 1 is 4.5 million rows',
        decimalNumber(0.002, 100),
        0.02,
      )
      .option('--ui', 'with the page instead of the terminal (comes with a later version)')
      .addHelpText(
        'after',
        '\nNeeds no server, no Docker and no key. Leaves a report in reports/ and its plan in .towpath/demo/.',
      );
  },
  async run(context, options) {
    if (options.ui) {
      throw usageError(
        'The page is not part of this version yet.',
        'Run “towpath demo” without --ui; its report is a page.',
      );
    }
    return demo(context, options.scale);
  },
};

async function demo(context: Context, scale: number): Promise<ExitCode> {
  const { output, world } = context;
  const started = world.clock.monotonic();
  const { startDemoServer } = await import('../../desk/sample-server.ts');
  output.say(
    'A whole migration on sample data: the records of an imaginary orthodontics lab, with known defects.',
    '',
  );
  let server: DemoServer | null = null;
  let interrupted = false;
  const dispose = world.onInterrupt(() => {
    interrupted = true;
    output.warn('Stopping the demo; its server and data are removed.');
    void (server?.stop() ?? Promise.resolve()).finally(() => world.exit(exitCode.interrupted));
  });
  try {
    server = await startDemoServer();
    const databases = await server.fill({ scale, onProgress: createSampleProgress(context) });
    tellSample(context, databases);
    return await travelAndTell(context, databases, started);
  } catch (error) {
    if (interrupted) return exitCode.interrupted;
    throw error;
  } finally {
    dispose();
    await server?.stop();
  }
}

async function travelAndTell(context: Context, databases: DemoDatabases, started: number): Promise<ExitCode> {
  const { createDemoContext } = await import('../demo/demo-context.ts');
  const { travel } = await import('../demo/journey.ts');
  const { accountForDefects } = await import('../demo/account-for-defects.ts');
  const { summaryLines } = await import('../demo/summary.ts');
  const { output } = context;
  const own = createDemoContext(context, databases);
  const journey = await travel(own, output.say);
  rmSync(own.path('checkpoints'), { recursive: true, force: true }); // they are about a server that is gone in a moment
  const account = await accountForDefects({ ...databases, ...journey });
  const milliseconds = context.world.clock.monotonic() - started;
  output.say('', ...summaryLines(journey, account), ...closing(own, milliseconds));
  output.result(document(journey, account, milliseconds));
  return judge(journey, account);
}

function closing(own: Context, milliseconds: number): string[] {
  return [
    `Plan:   ${own.planPath}`,
    `That took ${formatDuration(milliseconds)}. The server and its data are removed now; a larger sample: towpath demo --scale 0.2`,
    'With your own databases: towpath init',
  ];
}

function document({ run, validation, report, files }: Journey, account: DefectAccount, milliseconds: number) {
  return {
    status: 'success',
    runId: run.runId,
    planHash: run.planHash,
    durationMs: Math.round(milliseconds),
    entities: run.entities.length,
    overallStatus: validation.overallStatus,
    rowsCompared: validation.rowsCompared,
    causes: report.causes,
    defects: account,
    files,
  };
}

function judge({ validation }: Journey, { open, unplanned }: DefectAccount): ExitCode {
  if (open.length > 0 || unplanned.length > 0) {
    throw new MigrationError({
      code: 'DEMO_UNACCOUNTED',
      message: `${countOf(open.length, 'planted defect')} came out otherwise than expected, and ${formatCount(unplanned.length)} records were touched that should not be.`,
      hint: 'This is a fault in Towpath; please report it with the lines above.',
    });
  }
  return validation.overallStatus === 'verified' ? exitCode.done : exitCode.gateClosed;
}

function tellSample({ output }: Context, { sample, version }: DemoDatabases): void {
  const defects = sample.defects.reduce((sum, defect) => sum + defect.count, 0);
  const kinds = new Set(sample.defects.map((defect) => defect.kind)).size;
  output.say(
    `Sample     ${countOf(sample.tables.length, 'kind')} of records, ${countOf(sample.rows, 'record')}, with ${countOf(defects, 'planted defect')} of ${countOf(kinds, 'kind')} (PostgreSQL ${version}).`,
  );
}

/** Building takes its time at large scales only: then a line every ten percent. */
function createSampleProgress({ output, world }: Context) {
  let told = 0;
  const started = world.clock.monotonic();
  return ({ done, total }: { readonly done: number; readonly total: number }) => {
    const tenths = Math.floor((done / total) * 10);
    if (tenths <= told || world.clock.monotonic() - started < 5000) return;
    told = tenths;
    output.say(`           building the sample, ${tenths * 10} %`);
  };
}
