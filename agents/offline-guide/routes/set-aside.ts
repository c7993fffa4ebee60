/** Moving records after all that were set aside: with the suggestions where these were spoken of, else by the plan as it is. */
import { lookUp, type Route } from './lookup.ts';

export const retry: Route = (moment) => {
  const { understood, lastWords } = moment.dialogue;
  const suggested =
    /suggest|\bfix/i.test(understood.sentence.raw) || /^Tried, .*would be moved|Suggested: /.test(lastWords);
  return lookUp('retryQuarantine', { cards: [], suggested })(moment);
};
