import { z } from 'zod';
import { type Context, read } from '../../platform/command.ts';
import { installationKind } from '../../platform/installation.ts';
import { AppError } from '../../shared/errors.ts';
import { fullName, getPlace } from '../territory/index.ts';

export interface Frame {
  /** The people and households of this installation are invented. */
  readonly synthetic: boolean;
  /** Names of the places of the actor's roles, by id. */
  readonly places: Readonly<Record<string, string>>;
}

const nameOf = async (context: Context, placeId: string): Promise<string | undefined> => {
  try {
    const last = (await getPlace.run(context, { placeId })).versions.at(-1);
    return last && fullName(last.unitType, last.name);
  } catch (error) {
    if (error instanceof AppError && error.kind === 'not-found') return undefined;
    throw error;
  }
};

/** What stands round every page: what this installation is, and where the person at it works. */
export const getFrame = read({
  name: 'identity.get-frame',
  input: z.object({}),
  allow: 'signed-in',
  area: 'none',
  run: async (context): Promise<Frame> => {
    const places: Record<string, string> = {};
    for (const placeId of new Set(context.actor.grants.map((grant) => grant.placeId))) {
      const name = await nameOf(context, placeId);
      if (name) places[placeId] = name;
    }
    return { synthetic: (await installationKind(context.tx)) === 'example', places };
  },
});
