/** What runs the code of a plan, for an engine that may never need it: the sandbox is loaded with the first code. */
import type { CodeRunners } from '../../engine/contract/code.ts';

/** `close` ends what was opened; where no code came, there is nothing. */
export function codeRunners(
  environment: () => Promise<Readonly<Record<string, string | undefined>>>,
): CodeRunners {
  let opened: Promise<CodeRunners> | null = null;
  const sandbox = () => {
    opened ??= Promise.all([import('./open-sandbox.ts'), environment()]).then(
      ([{ openSandbox }, variables]) => openSandbox(variables),
    );
    return opened;
  };
  return {
    open: async (unit) => (await sandbox()).open(unit),
    check: async (unit, contract) => (await sandbox()).check(unit, contract),
    close: async () => (await opened)?.close(),
  };
}
