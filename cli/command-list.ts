/**
 * The commands in the order of a migration's life. Only the one that was asked for is loaded, so that `--help` does not
 * wait for the engine.
 */
import type { CommandModule } from './command.ts';

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly group: string;
  /** Options are checked by commander as the module's `configure` says. */
  readonly load: () => Promise<CommandModule<never>>;
}

const journey = 'The journey:';
const running = 'While a migration runs:';
const afterwards = 'Afterwards:';

export const commandList: readonly CommandEntry[] = [
  {
    name: 'demo',
    summary: 'a whole migration on sample data; needs no server and no configuration',
    group: journey,
    load: async () => (await import('./commands/demo.ts')).demoCommand,
  },
  {
    name: 'chat',
    summary: 'talk a migration through with the guide, from hello to the signed report',
    group: journey,
    load: async () => (await import('./commands/chat.ts')).chatCommand,
  },
  {
    name: 'serve',
    summary: 'the page: the same journey in a browser, with its API',
    group: journey,
    load: async () => (await import('./commands/serve.ts')).serveCommand,
  },
  {
    name: 'init',
    summary: 'write a .env to fill in',
    group: journey,
    load: async () => (await import('./commands/init.ts')).initCommand,
  },
  {
    name: 'preflight',
    summary: 'check both servers before anything else; changes nothing',
    group: journey,
    load: async () => (await import('./commands/preflight.ts')).preflightCommand,
  },
  {
    name: 'analyze',
    summary: 'look at the source: tables, keys, links, what needs attention; only reads',
    group: journey,
    load: async () => (await import('./commands/analyze.ts')).analyzeCommand,
  },
  {
    name: 'plan',
    summary: 'propose a plan file for what was found',
    group: journey,
    load: async () => (await import('./commands/plan.ts')).planCommand,
  },
  {
    name: 'map',
    summary: 'show where every column goes and why, and check the plan file',
    group: journey,
    load: async () => (await import('./commands/map.ts')).mapCommand,
  },
  {
    name: 'rehearse',
    summary: 'try the plan on a sample in a scratch schema that is dropped afterwards',
    group: journey,
    load: async () => (await import('./commands/rehearse.ts')).rehearseCommand,
  },
  {
    name: 'approve',
    summary: 'approve the plan, or decide what the guide asked for',
    group: journey,
    load: async () => (await import('./commands/approve.ts')).approveCommand,
  },
  {
    name: 'migrate',
    summary: 'move the rows: everything, a group, or entities',
    group: journey,
    load: async () => (await import('./commands/migrate.ts')).migrateCommand,
  },
  {
    name: 'validate',
    summary: 'compare the new system with the old one',
    group: journey,
    load: async () => (await import('./commands/validate.ts')).validateCommand,
  },
  {
    name: 'report',
    summary: 'write the report: HTML, Markdown, JSON',
    group: journey,
    load: async () => (await import('./commands/report.ts')).reportCommand,
  },
  {
    name: 'resume',
    summary: 'continue a run that paused, failed or was killed',
    group: running,
    load: async () => (await import('./commands/resume.ts')).resumeCommand,
  },
  {
    name: 'pause',
    summary: 'let the batches in hand finish, then pause a run',
    group: running,
    load: async () => (await import('./commands/pause.ts')).pauseCommand,
  },
  {
    name: 'cancel',
    summary: 'end a run for good; what it moved stays until it is rolled back',
    group: running,
    load: async () => (await import('./commands/cancel.ts')).cancelCommand,
  },
  {
    name: 'status',
    summary: 'where a run stands, entity by entity',
    group: running,
    load: async () => (await import('./commands/status.ts')).statusCommand,
  },
  {
    name: 'progress',
    summary: 'how far a run is, in one look',
    group: running,
    load: async () => (await import('./commands/progress.ts')).progressCommand,
  },
  {
    name: 'watch',
    summary: 'follow a run until it ends',
    group: running,
    load: async () => (await import('./commands/watch.ts')).watchCommand,
  },
  {
    name: 'list',
    summary: 'all runs, the newest first',
    group: running,
    load: async () => (await import('./commands/list.ts')).listCommand,
  },
  {
    name: 'quarantine',
    summary: 'rows that were set aside: by cause, one by one, as a file',
    group: afterwards,
    load: async () => (await import('./commands/quarantine.ts')).quarantineCommand,
  },
  {
    name: 'explain',
    summary: 'why a row is what it is in the target, or why it is not there; only reads',
    group: afterwards,
    load: async () => (await import('./commands/explain.ts')).explainCommand,
  },
  {
    name: 'rollback',
    summary: 'undo a run: remove the rows it put into the target',
    group: afterwards,
    load: async () => (await import('./commands/rollback.ts')).rollbackCommand,
  },
  {
    name: 'audit',
    summary: 'who did what; whether the log is still what was written; a copy as a file',
    group: afterwards,
    load: async () => (await import('./commands/audit.ts')).auditCommand,
  },
  {
    name: 'agents',
    summary: 'the guide for scripts and auditors: run a script, what was sent to a model, exams',
    group: afterwards,
    load: async () => (await import('./commands/agents.ts')).agentsCommand,
  },
  {
    name: 'sandbox',
    summary: 'where code of a plan runs: what is there, what holds; try code on some rows',
    group: afterwards,
    load: async () => (await import('./commands/sandbox.ts')).sandboxCommand,
  },
  {
    name: 'cleanup',
    summary: 'remove old checkpoints and logs',
    group: afterwards,
    load: async () => (await import('./commands/cleanup.ts')).cleanupCommand,
  },
];
