import MailComposer from 'nodemailer/lib/mail-composer';
import type { OutgoingMail } from './contract.ts';
import type { Letter } from './smtp-session.ts';
import type { SmtpSettings } from './smtp-settings.ts';

/** One address and nothing else: no list, no name, no end of a line. */
const ADDRESS =
  /^[^\s@<>(),;:"[\]\\\p{Cc}]{1,64}@(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+$/u;

export const isAddress = (text: string): boolean => ADDRESS.test(text) && /^[\x21-\x7e]+$/u.test(text);

/** Its name in the world, made of ours and of the domain of the sender. */
export const messageId = ({ from }: Pick<SmtpSettings, 'from'>, deliveryId: string): string =>
  `<${deliveryId}@${from.slice(from.lastIndexOf('@') + 1)}>`;

/** @throws Error when this is no address that somebody can open */
const stopHeader = (address: string) => {
  const { href, protocol } = new URL(address);
  if (!['https:', 'http:', 'mailto:'].includes(protocol)) throw new Error('no address to stop at');
  return { prepared: true, value: `<${href}>` };
};

/** The message as it goes over the wire, and the addresses on its envelope. @throws Error when it cannot be written */
export const letterOf = async (settings: SmtpSettings, mail: OutgoingMail): Promise<Letter> => {
  const { from, fromName, replyTo, bounceDomain } = settings;
  const raw = await new MailComposer({
    from: { name: fromName, address: from },
    to: [{ name: '', address: mail.to }],
    ...(replyTo ? { replyTo } : {}),
    subject: mail.subject,
    text: mail.text,
    messageId: messageId(settings, mail.deliveryId),
    // So that nobody's "I am away" comes back (RFC 3834).
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(mail.unsubscribe ? { 'List-Unsubscribe': stopHeader(mail.unsubscribe) } : {}),
    },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
    .compile()
    .build();
  return { from: bounceDomain ? `bounce+${mail.deliveryId}@${bounceDomain}` : from, to: mail.to, raw };
};
