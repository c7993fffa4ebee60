/** The first step of each workflow that walks a trail. */
import { strictStep } from './strict-step.ts';
import { firstTrail, guidedInput, type Trail, trail } from './trail.ts';

export function beginStep(course: Trail['course'] = 'on') {
  return strictStep({
    id: 'begin',
    description: 'Notes who asks.',
    input: guidedInput,
    output: trail,
    work: async ({ input: { by } }) => ({ kind: 'on', output: { ...firstTrail(by), course } }),
  });
}
