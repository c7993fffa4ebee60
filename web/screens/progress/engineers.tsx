/** What engineers need of a run, one click away. Names and commands are the engine's own and not translated. */
import type { RunView } from '../../../server/shapes/runs.ts';
import { EngineerDetails } from '../../parts/cards/engineer-details.tsx';

export function Engineers({ run }: { readonly run: RunView['data'] }) {
  const { runId, planHash, state, alive, progress, error } = run;
  const lines: [string, string][] = [
    ['run', runId],
    ['plan', `sha256 ${planHash}`],
    ['state', alive ? `${state}, alive` : state],
    ['batches', String(progress.batches)],
    ['read', progress.at],
    ['resume', `towpath resume ${runId}`],
  ];
  if (error !== null) lines.push(['error', error.code], ['message', error.message], ['hint', error.hint]);
  return <EngineerDetails lines={lines} />;
}
