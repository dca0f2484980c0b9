import type { App } from './app.ts';
import { loadExample } from './example/load-example.ts';
import { loadExamplePlans } from './example/load-plans.ts';
import { addExamplePeople } from './modules/identity/index.ts';
import { findByCommuneCode, listChildren } from './modules/territory/index.ts';
import { systemActor } from './platform/command.ts';
import { firstStart, installationKind, noteFirstStart } from './platform/installation.ts';
import { say, sayIn } from './shared/words/index.ts';

/** The commune whose officer, leader and agent the example has: Hạnh Phúc, where the old town and its neighbours went. */
const COMMUNE = '04585';

/** The officer, leader and agent of the commune, and those of its province. */
const addPeople = async (app: App): Promise<string[]> => {
  const { placeId, parentId } = await app.execute(findByCommuneCode, systemActor, { code: COMMUNE });
  const [village] = await app.execute(listChildren, systemActor, { placeId });
  const { usernames } = await app.execute(addExamplePeople, systemActor, {
    communeId: placeId,
    villageId: village!.placeId,
    provinceId: parentId!,
  });
  return usernames;
};

export interface FirstStartParts {
  /** Begin without the example. */
  readonly empty: boolean;
  readonly tell: (line: string) => void;
  /** Somebody asked to end: stop between two lists. */
  readonly ended: () => boolean;
}

/**
 * On the first start loads the example locality, unless asked not to, or something real is there already. A load that
 * was interrupted goes on at the next start. @returns the usernames of the example's people; empty without the example.
 */
export const prepareFirstStart = async (app: App, { empty, tell, ended }: FirstStartParts): Promise<string[]> => {
  const { db } = app.database;
  const known = (await firstStart(db)) ?? {
    example: !empty && (await installationKind(db)) === undefined,
    done: false,
  };
  if (!known.example) {
    await noteFirstStart(db, { example: false, done: true });
    return [];
  }
  if (!known.done) {
    await noteFirstStart(db, known);
    tell(say('vi', 'start.example'));
    await loadExample({
      ...app,
      ended,
      progress: (done, all) => {
        if (done % 10 === 0 || done === all) tell(say('vi', 'start.example-list', { done, all }));
      },
    });
    if (ended()) return [];
  }
  const usernames = await addPeople(app);
  if (!known.done) {
    await loadExamplePlans({ ...app, tell: (step) => tell(sayIn('vi')(`start.example.${step}`)) });
    await noteFirstStart(db, { example: true, done: true });
  }
  return usernames;
};
