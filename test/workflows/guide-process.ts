/**
 * A process of its own that drives the guide on a scripted journey: `start`, or an answer with the id of its card
 * (`rehearse@…`); prints each view as a line and stays. With `hang:CALL` it prints `in CALL` and never comes back from
 * that call of the journey.
 */
import { createFakeJourney, type FakeWorld } from './fake-journey.ts';
import { openBench } from './guide-bench.ts';

const [folder = '', world = '{}', hang = '', ...words] = process.argv.slice(2);

const fake = createFakeJourney(JSON.parse(world) as Partial<FakeWorld>);
const [, call] = hang.split(':');
if (call !== undefined) {
  Object.assign(fake.journey, {
    [call]: () => {
      console.log(`in ${call}`);
      return new Promise(() => {});
    },
  });
}
const { guide } = openBench(fake.journey, folder);
for (const word of words) {
  const [answer = '', cardId = null] = word.split('@');
  const view = await (word === 'start'
    ? guide.start('child')
    : guide.continue({ answer, by: 'child', cardId }));
  console.log(JSON.stringify(view));
}
setInterval(() => {}, 1000);
