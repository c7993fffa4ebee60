/** Lets people of a file in. The file is looked at again whenever it has changed; one that cannot be read lets nobody in. */
import { statSync } from 'node:fs';
import type { Clock } from '../../engine/core/clock.ts';
import type { Log } from '../../engine/core/log.ts';
import { type Access, type Admitted, digestOf } from './access.ts';
import { type Person, readPeople } from './people-file.ts';

/** @throws ACCESS_FILE_MISSING, ACCESS_FILE_BROKEN */
export function createPeopleAccess(path: string, clock: Pick<Clock, 'now'>, log: Pick<Log, 'error'>): Access {
  let known = byHash(readPeople(path));
  let seen = stateOf(path);

  function current(): ReadonlyMap<string, Person> {
    const state = stateOf(path);
    if (state === seen) return known;
    seen = state;
    try {
      known = byHash(readPeople(path));
    } catch (error) {
      known = new Map();
      log.error('people unknown', { error });
    }
    return known;
  }

  async function visitorByDigest(digest: string): Promise<Admitted | null> {
    const person = current().get(`sha256:${digest}`);
    if (person === undefined) return null;
    const { name, role } = person;
    if (person.until === null) return { name, role };
    const until = new Date(person.until);
    return until > clock.now() ? { name, role, until } : null;
  }
  return { visitorOf: (token) => visitorByDigest(digestOf(token)), visitorByDigest };
}

function byHash(people: readonly Person[]): Map<string, Person> {
  return new Map(people.map((person) => [person.tokenHash, person]));
}

/** Changes with the file; of a file that is not there, too. */
function stateOf(path: string): string {
  const state = statSync(path, { throwIfNoEntry: false, bigint: true });
  return state === undefined ? 'gone' : `${state.ino} ${state.mtimeNs} ${state.size} ${state.mode}`;
}
