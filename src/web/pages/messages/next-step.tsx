import type { EditionView } from '../../../modules/content/index.ts';
import { Button, Form, LinkButton } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { StateLead } from '../../state-badge.tsx';
import type { Next } from '../../states.ts';
import type { Message } from './edition-of.ts';

interface Of {
  readonly message: Message;
  readonly edition: EditionView;
  readonly request: PageRequest;
}

/** The same reason ends in a stop or not, as it was typed. */
const withoutStop = (text: string): string => text.trim().replace(/[.!…]+$/u, '');

/** What sent it back last; undefined while it was never returned, or has been submitted since. */
const returnedNote = ({ state, steps }: EditionView): string | undefined => {
  if (state !== 'draft') return undefined;
  return steps.findLast(({ what, formId }) => what === 'returned' && formId === null)?.note;
};

const nextOf = (edition: EditionView): Next => {
  const { state, acts, ownWork, corrections } = edition;
  const note = returnedNote(edition);
  if (state === 'draft')
    return { may: acts.includes('write'), ...(note && { how: 'returned', params: { note: withoutStop(note) } }) };
  if (state === 'submitted') return ownWork ? { how: 'own' } : { may: acts.includes('approve') };
  const waiting = corrections.filter((each) => each.state === 'submitted');
  if (state === 'approved')
    return { may: waiting.some((each) => each.acts.includes('approve')), params: { count: waiting.length } };
  return { may: acts.includes('new-edition') };
};

/** How an edition stands, and what happens next. */
export const EditionStanding = ({ edition, request }: Omit<Of, 'message'>) => {
  const waits = edition.state === 'approved' && edition.corrections.some(({ state }) => state === 'submitted');
  return <StateLead say={request.say} kind="edition" state={waits ? 'waiting' : edition.state} {...nextOf(edition)} />;
};

/** What the reader may do with an edition now, the main thing first. */
export const EditionActs = ({ message, edition, request }: Of) => {
  const { say, csrf } = request;
  const may = (act: EditionView['acts'][number]): boolean => edition.acts.includes(act);
  const root = `/messages/${message.messageId}`;
  const at = `${root}/editions/${edition.edition}`;
  return (
    <>
      {may('return') && (
        <LinkButton look="primary" href={`${at}/approve`}>
          {say('page.messages.to-approve')}
        </LinkButton>
      )}
      {may('submit') && (
        <Form action={`${at}/submit`} csrf={csrf}>
          <Button>{say('page.messages.submit')}</Button>
        </Form>
      )}
      {may('write') && <LinkButton href={at}>{say('page.messages.edit')}</LinkButton>}
      {(may('write') || may('revise')) && <LinkButton href={`${at}/form`}>{say('page.messages.add-form')}</LinkButton>}
      {may('new-edition') && <LinkButton href={`${root}/new-edition`}>{say('page.messages.new-edition')}</LinkButton>}
      {may('retire') && <LinkButton href={`${at}/retire`}>{say('page.messages.retire')}</LinkButton>}
    </>
  );
};
