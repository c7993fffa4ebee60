import { request } from 'node:http';
import { type Check, fail, pass, skipped } from './check.ts';

const SOCKET = process.platform === 'win32' ? '//./pipe/docker_engine' : '/var/run/docker.sock';

/** Code in a plan runs only inside a container. Without code, Docker is not needed and not looked for. */
export const docker: Check = {
  name: 'docker',
  needs: [],
  async look(context) {
    if (!context.planNeedsCode) return skipped('Not needed: the plan holds no code.');
    if (await answers()) return pass('Docker answers.');
    return fail(
      'The plan holds code, which runs in a container, and Docker does not answer.',
      'Start Docker and let this user reach it, or replace the code in the plan by one of the listed transforms.',
    );
  },
};

function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ socketPath: SOCKET, path: '/_ping', timeout: 3000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on('timeout', () => ping.destroy());
    ping.on('error', () => resolve(false));
    ping.on('close', () => resolve(false));
    ping.end();
  });
}
