import { type Channel, readChannels } from '../../shared/channels.ts';

/** Why a contact counts only as "could hear or see", by the household's profile of that day. */
export type Shortfall = 'language-unknown' | 'other-language' | 'reading-unknown' | 'not-read';

/** What was known that day; null = nothing is known. */
export interface Understanding {
  readonly languages: readonly string[] | null;
  readonly languagesRead: readonly string[] | null;
}

/**
 * The law of the ladder (design, section 3): a contact counts at its stage when the household understood the language and,
 * for what has to be read, somebody in it reads that language; unknown counts as no, and is told as unknown. Else it
 * counts as 1, "could hear or see". The states are computed by the same law in SQL (`store-states.ts`).
 */
export const effectiveStage = (
  contact: { readonly stage: number; readonly language: string; readonly channel: Channel },
  { languages, languagesRead }: Understanding,
): { readonly stage: number; readonly why: Shortfall | null } => {
  const short = (why: Shortfall) => ({ stage: 1, why });
  if (languages === null) return short('language-unknown');
  if (!languages.includes(contact.language)) return short('other-language');
  if (!(readChannels as readonly Channel[]).includes(contact.channel)) return { stage: contact.stage, why: null };
  if (languagesRead === null) return short('reading-unknown');
  return languagesRead.includes(contact.language) ? { stage: contact.stage, why: null } : short('not-read');
};
