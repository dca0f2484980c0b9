import { z } from 'zod';
import { type Context, command, read } from '../../platform/command.ts';
import { conflict, forbidden, notFound } from '../../shared/errors.ts';
import { hashOf, newSecret, openAuth } from './auth.ts';
import { draftsSince } from './form-drafts.ts';
import { admit, type SignedIn } from './sign-in.ts';
import { linkState, newestDraft, saveLink, takeLink, userByName } from './store.ts';
import { usernameInput } from './user.ts';

const LINK_MINUTES = 15;

/** A way in for once: for the first sign-in, and for who forgot the password. Made by the owner of the data folder. */
export const createSignInLink = command({
  name: 'identity.create-sign-in-link',
  input: z.object({ username: usernameInput }),
  allow: 'system',
  area: 'none',
  run: async ({ tx, at }, { username }) => {
    const user = await userByName(tx, username);
    if (!user) throw notFound('user');
    if (user.disabled) throw forbidden('account-disabled');
    const linkSecret = newSecret();
    const expiresAt = new Date(at.getTime() + LINK_MINUTES * 60_000);
    await saveLink(tx, { hash: hashOf(linkSecret), userId: user.userId, at, expiresAt });
    return { userId: user.userId, path: `/sign-in/link/${linkSecret}`, expiresAt };
  },
  audit: (_, { userId }) => ({ userId }),
});

/** Why a link opens nothing; undefined = it does. One that was never made is told from an old one by nobody. */
const faultOf = async ({ tx, at }: Context, hash: string): Promise<'link-used' | 'link-expired' | undefined> => {
  const state = await linkState(tx, hash, at);
  if (state?.used) return 'link-used';
  return !state || state.expired ? 'link-expired' : undefined;
};

/** Looks whether a link still opens, without using it up: who holds a dead one is told what to do before pressing anything. */
export const lookAtSignInLink = read({
  name: 'identity.look-at-sign-in-link',
  input: z.object({ linkSecret: z.string().max(100) }),
  allow: 'system',
  area: 'none',
  run: async (context, { linkSecret }) => ({ fault: (await faultOf(context, hashOf(linkSecret))) ?? null }),
});

interface SignedInByLink extends SignedIn {
  /** The form in whose middle their last session ended; null = none. The link knows nothing of the page it is opened from. */
  readonly draft: { readonly draftId: string; readonly path: string } | null;
}

/** Signs in whom the link was made for; a second time, or after a quarter of an hour, it says what to do instead. */
export const redeemSignInLink = command({
  name: 'identity.redeem-sign-in-link',
  input: z.object({ linkSecret: z.string().max(100) }),
  allow: 'system',
  area: 'none',
  run: async (context, { linkSecret }): Promise<SignedInByLink> => {
    const hash = hashOf(linkSecret);
    const link = await takeLink(context.tx, hash, context.at);
    if (!link) throw conflict((await faultOf(context, hash)) ?? 'link-expired');
    await admit(context, link.userId);
    const draft = (await newestDraft(context.tx, link.userId, draftsSince(context.at))) ?? null;
    const sessionSecret = newSecret();
    const { internalAdapter } = await openAuth(context, sessionSecret).$context;
    await internalAdapter.createSession(link.userId);
    return { userId: link.userId, sessionSecret, draft };
  },
  audit: (_, { userId }) => ({ userId }),
});
