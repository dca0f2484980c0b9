import { type EditionView, getMessage } from '../../../modules/content/index.ts';
import { notFound } from '../../../shared/errors.ts';
import { isId } from '../../../shared/ids.ts';
import type { PageRequest } from '../../page.ts';

export type Message = Awaited<ReturnType<typeof getMessage.run>>;

/** The message of the address; an address that cannot be one is not found, like one that is not there. */
export const messageOf = ({ params, execute }: PageRequest): Promise<Message> => {
  const messageId = params.messageId ?? '';
  if (!isId(messageId)) throw notFound('message');
  return execute(getMessage, { messageId });
};

/** The message and the edition of the address. */
export const editionOf = async (request: PageRequest): Promise<{ message: Message; edition: EditionView }> => {
  const message = await messageOf(request);
  const edition = message.editions.find((each) => String(each.edition) === request.params.edition);
  if (!edition) throw notFound('edition');
  return { message, edition };
};
