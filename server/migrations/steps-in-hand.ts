/**
 * Steps of journeys as requests ask for them. Two requests for the same step share one: the second gets what the first
 * does. Closing the browser stops none of it.
 */
import { basename } from 'node:path';
import type { Effect, Journey, Told } from '../../engine/contract/journey.ts';
import type { StepAnswer, StepName } from '../shapes/steps.ts';
import { runOnPage } from '../views/next-on-page.ts';

export interface StepWish {
  /** Who asks, for the record. */
  readonly by: string;
  readonly chaos: boolean;
  readonly forceChanged: boolean;
}

export type StepsInHand = (journey: Journey, step: StepName, wish: StepWish) => Promise<StepAnswer>;

export function createStepsInHand(): StepsInHand {
  const underWay = new WeakMap<Journey, Map<string, Promise<StepAnswer>>>();
  return (journey, step, wish) => {
    const ofJourney = underWay.get(journey) ?? new Map<string, Promise<StepAnswer>>();
    underWay.set(journey, ofJourney);
    const key = `${step} ${wish.chaos} ${wish.forceChanged}`;
    const known = ofJourney.get(key);
    if (known !== undefined) return known;
    const work = doStep(journey, step, wish).finally(() => ofJourney.delete(key));
    ofJourney.set(key, work);
    return work;
  };
}

async function doStep(journey: Journey, step: StepName, wish: StepWish): Promise<StepAnswer> {
  const { by, chaos, forceChanged } = wish;
  switch (step) {
    case 'analyse':
      return done(step, await journey.analyse());
    case 'plan':
      return done(step, await journey.createPlan());
    case 'rehearse':
      return effect(step, await journey.rehearse(by, { chaos }));
    case 'start':
      return effect(step, await journey.start(by));
    case 'pause':
      return done(step, runOnPage(await journey.pause(by)));
    case 'resume':
      return done(step, runOnPage(await journey.resume()));
    case 'cancel':
      return done(step, runOnPage(await journey.cancel(by)));
    case 'validate':
      return done(step, await journey.validate());
    case 'report':
      return done(step, withoutFolders(await journey.writeReport()));
    case 'accept-set-aside':
      return effect(step, await journey.acceptSetAside(by));
    case 'undo':
      return effect(step, await journey.rollback(by, { forceChanged }));
  }
}

/** Where the files of a report lie concerns this machine only. */
function withoutFolders(told: Awaited<ReturnType<Journey['writeReport']>>): typeof told {
  return { ...told, data: { ...told.data, files: told.data.files.map((file) => basename(file)) } };
}

type DataOf<Step extends StepName> = Extract<
  StepAnswer,
  { readonly status: 'done'; readonly step: Step }
>['told']['data'];

function done<Step extends StepName>(step: Step, told: Told<DataOf<Step>>): StepAnswer {
  // which data goes with which step is what the parameters say; the union cannot be told so
  return { status: 'done', step, told } as StepAnswer;
}

function effect<Step extends StepName>(step: Step, outcome: Effect<DataOf<Step>>): StepAnswer {
  if (outcome.status === 'needs-approval') return { ...outcome, step };
  return done(step, outcome.told);
}
