import { z } from 'zod';
import { type Context, command } from '../../platform/command.ts';
import { conflict, notFound } from '../../shared/errors.ts';
import { clean } from '../../shared/text.ts';
import { voidContacts } from './record.ts';
import { findContact } from './store-looks.ts';
import { withinAreas } from './within-areas.ts';

const requireContact = async (ctx: Context, contactId: string) => {
  const contact = await findContact(ctx.tx, contactId);
  // Somebody else's contact is not found, whether there is one or not.
  if (!contact || (contact.villageId && !(await withinAreas(ctx, [contact.villageId])).has(contact.villageId)))
    throw notFound('contact');
  return contact;
};

/**
 * Says of one contact that it does not count, by a row of its own and with the reason: it belongs to whoever looks after
 * the village where the household lived that day.
 */
export const voidContact = command({
  name: 'reach.void-contact',
  input: z.object({
    contactId: z.uuid({ error: 'contact' }),
    reason: z
      .string()
      .transform(clean)
      .pipe(z.string().min(3, { error: 'reach.reason' }).max(500)),
  }),
  allow: ['officer'],
  area: async (ctx, { contactId }) => {
    const { villageId } = await requireContact(ctx, contactId);
    return villageId ? [villageId] : [];
  },
  run: async (ctx, { contactId, reason }) => {
    const contact = await requireContact(ctx, contactId);
    if (contact.isVoid) throw conflict('reach.void-of-void');
    if (contact.voided) throw conflict('reach.voided');
    await voidContacts(
      ctx,
      [{ id: contactId, of: contact.subjectId, messageId: contact.messageId, edition: contact.edition }],
      reason,
    );
    return { subjectId: contact.subjectId };
  },
  audit: ({ contactId }, { subjectId }) => ({ contactId, subjectId }),
});
