/** What the guide is busy with, in the reader's words, while a tool works. Null: too quick to be worth a word. */
const words: Readonly<Record<string, string>> = {
  runPreflight: 'checking both databases',
  analyzeSource: 'looking at the old database',
  listTables: 'looking things up',
  describeTable: 'looking things up',
  describeColumn: 'looking things up',
  listPersonalData: 'looking things up',
  assessSource: 'judging how hard it is',
  createPlan: 'making a plan',
  takeRecommendations: 'writing the answers into the plan',
  rehearse: 'rehearsing',
  startMigration: 'starting the move',
  resumeMigration: 'going on with the move',
  pauseMigration: 'waiting for the move to pause',
  cancelMigration: 'waiting for the move to end',
  startJourney: 'taking the first steps',
  continueJourney: 'taking the next step',
  validateRun: 'comparing the new system with the old one',
  writeReport: 'writing the report',
  rollbackRun: 'taking the records out again',
  rollbackChanged: 'taking the records out again',
  rollbackPart: 'taking these records out again',
  previewRollbackPart: 'looking at what undoing these would do',
  verifyAudit: 'looking through the audit log',
  listAudit: 'looking into the audit log',
  previewRollback: 'looking at what undoing would do',
};

export function busyWords(tool: string): string | null {
  return words[tool] ?? null;
}
