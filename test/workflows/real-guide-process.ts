/** The real guide in a process of its own, to be killed: says the words given, prints each view as a line, and stays. */
import { openRealGuide, type RealGuidePlace } from './real-guide.ts';

const [place = '', ...words] = process.argv.slice(2);

const { guide } = await openRealGuide(JSON.parse(place) as RealGuidePlace);
for (const word of words) {
  const view = await (word === 'start'
    ? guide.start('child')
    : guide.continue({ answer: word, by: 'child' }));
  console.log(JSON.stringify(view));
}
setInterval(() => {}, 1000);
