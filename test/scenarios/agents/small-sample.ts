/** The sample, small, with its planted defects: gates close on it. */
import { createSample } from '../../../sample/create-sample.ts';
import { defineTemplate } from '../../helpers/test-database.ts';

export const smallSample = defineTemplate('sample_for_agents', async (url) => {
  await createSample(url, { scale: 0.002 });
});
