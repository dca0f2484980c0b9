import type { Context } from '../../platform/command.ts';
import type { EditionKey } from './ledger.ts';

/** What is known of a message edition's reach has changed. */
export interface ReachRecorded extends EditionKey {
  /** Whose state is another now. */
  readonly subjectIds: readonly string[];
  /** Villages in which it was played or shown, or in which that was taken back. */
  readonly placeIds: readonly string[];
}

/** One event per message edition. */
export const announceRecorded = async (
  ctx: Context,
  subjects: readonly (EditionKey & { readonly subjectId: string })[],
  places: readonly (EditionKey & { readonly placeId: string })[],
): Promise<void> => {
  const keyOf = ({ messageId, edition }: EditionKey) => `${messageId}|${edition}`;
  const [bySubject, byPlace] = [Map.groupBy(subjects, keyOf), Map.groupBy(places, keyOf)];
  for (const key of new Set([...bySubject.keys(), ...byPlace.keys()])) {
    const [messageId = '', edition = ''] = key.split('|');
    await ctx.announce('reach.recorded', {
      messageId,
      edition: Number(edition),
      subjectIds: [...new Set((bySubject.get(key) ?? []).map(({ subjectId }) => subjectId))],
      placeIds: [...new Set((byPlace.get(key) ?? []).map(({ placeId }) => placeId))],
    } satisfies ReachRecorded);
  }
};
