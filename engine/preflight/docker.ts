import { isCodeFailure } from '../contract/code.ts';
import { type Check, fail, pass, skipped } from './check.ts';

/** As little as code can be: whether it runs at all is asked, not whether a socket answers. */
const SMALLEST = {
  source: 'export default function transform() {\n  return { answer: "yes" };\n}\n',
  reads: ['question'],
  writes: ['answer'],
};
const REPLACE = 'Or replace the code in the plan by one of the listed transforms.';

/** Code in a plan runs only inside a container. Without code, Docker is not needed and not looked for. */
export const docker: Check = {
  name: 'docker',
  needs: [],
  async look({ planNeedsCode, code }) {
    if (!planNeedsCode) return skipped('Not needed: the plan holds no code.');
    if (!code)
      return fail(
        'The plan holds code, which runs in a container, and there is nothing to run it in.',
        `Install Docker, start it and let this user reach it. ${REPLACE}`,
      );
    try {
      const runner = await code.open(SMALLEST);
      try {
        await runner.run([['?']]);
      } finally {
        await runner.close();
      }
      return pass('Docker answers, and code runs in a container of its own.');
    } catch (error) {
      if (!isCodeFailure(error)) throw error;
      return fail(
        `The plan holds code, which runs in a container. ${error.message}`,
        `${error.hint} ${REPLACE}`,
      );
    }
  },
};
