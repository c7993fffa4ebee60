/** Makes the sandbox as the settings say. Docker is not asked for anything before code is opened. */
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';

export const imageVariable = 'TOWPATH_SANDBOX_IMAGE';

/** DOCKER_HOST and its relatives are read by the Docker client itself. */
export function openSandbox(environment: Readonly<Record<string, string | undefined>>): Sandbox {
  const image = environment[imageVariable]?.trim() ?? '';
  return createSandbox({ image: image === '' ? null : image });
}
