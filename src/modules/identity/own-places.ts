import type { Context } from '../../platform/command.ts';
import { forbidden, notFound } from '../../shared/errors.ts';
import { grantsOf, type UserRow, userById } from './store.ts';

/**
 * The places by which it is judged who looks after an account: those of its roles in force, or, when none is, of all it
 * ever had. An administrator of one commune so never sets the password of somebody who is more than that.
 */
export const placesOfUser = async ({ tx, at }: Context, userId: string): Promise<string[]> => {
  const grants = await grantsOf(tx, [userId]);
  const inForce = grants.filter((grant) => grant.to === null || grant.to > at);
  return [...new Set((inForce.length > 0 ? inForce : grants).map((grant) => grant.placeId))];
};

export const requireUser = async ({ tx }: Context, userId: string): Promise<UserRow> => {
  const user = await userById(tx, userId);
  if (!user) throw notFound('user');
  return user;
};

/** Nobody gives or takes from themselves, whatever role they hold. */
export const refuseOwn = ({ actor }: Context, userId: string): void => {
  if (actor.userId === userId) throw forbidden('own-account');
};
