/** A run from its headline down to what engineers need: time left, what waits for you, evidence, details. */
import { useState } from 'react';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { RunView } from '../../../server/shapes/runs.ts';
import { useApprovals } from '../../api/guide.ts';
import { useArrived } from '../../parts/cards/use-arrived.ts';
import { Engineers } from './engineers.tsx';
import { Events } from './events.tsx';
import { GateNow } from './gate-now.tsx';
import { GateStop } from './gate-stop.tsx';
import { LevelNow } from './level-now.tsx';
import { Levels } from './levels.tsx';
import { Overall } from './overall.tsx';
import { levelNow } from './parts-of-run.ts';
import { isTakenOut, phaseOf } from './phase.ts';
import { useSteering } from './steering.ts';
import { Stop } from './stop.tsx';
import { WaitingApproval } from './waiting-approval.tsx';

interface RunScreenProps {
  readonly id: MigrationId;
  readonly run: RunView['data'];
}

export function RunScreen({ id, run }: RunScreenProps) {
  const phase = phaseOf(run);
  const steering = useSteering(id, run.runId);
  const [isStopping, setStopping] = useState(false);
  const level = levelNow(run.byLevel);
  const isOver = phase === 'finished' || phase === 'copied' || phase === 'checking';
  const { card } = steering;
  const arrived = useArrived(card?.id ?? null, useApprovals(id).isSuccess);
  return (
    <div className="page progress">
      <Overall id={id} run={run} phase={phase} steering={steering} stop={() => setStopping(true)} />
      {isStopping && card === null ? (
        <Stop id={id} run={run} phase={phase} steering={steering} close={() => setStopping(false)} />
      ) : null}
      {card === null ? null : <WaitingApproval id={id} steering={steering} card={card} arrived={arrived} />}
      {phase === 'gate' && level !== null ? (
        <GateStop id={id} run={run} level={level} steering={steering} />
      ) : null}
      {isTakenOut(phase) ? null : isOver || level === null ? (
        <Levels run={run} phase={phase} now={null} />
      ) : (
        <div className="split">
          <Levels run={run} phase={phase} now={level.level} />
          <div className="side">
            <LevelNow run={run} level={level} />
            <GateNow run={run} level={level} phase={phase} />
          </div>
        </div>
      )}
      <Events id={id} isMoving={run.alive} />
      <Engineers run={run} />
    </div>
  );
}
