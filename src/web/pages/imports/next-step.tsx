import { Button, Form, LinkButton } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { StateLead } from '../../state-badge.tsx';
import type { Next } from '../../states.ts';
import type { Import } from './about-import.tsx';
import { correctedAddress } from './corrected.ts';
import { mayImport } from './may-import.ts';

/** Faults that go when the village comes into the register. */
const VILLAGE_FAULTS = ['list.village-none', 'list.village-unknown'];

/** What stands in the way of a checked list, the first first; undefined = nothing does. */
const inTheWay = ({ counts, open }: Import): 'faulty' | 'duplicates' | undefined => {
  if ((counts?.errors ?? 0) > 0) return 'faulty';
  return open.duplicates > 0 ? 'duplicates' : undefined;
};

const nextOf = (list: Import): Next => {
  const { state, counts, open } = list;
  if (state === 'committed')
    return open.missing > 0 ? { how: 'missing', params: { count: open.missing } } : { params: {} };
  if (state !== 'checked' || !counts) return {};
  const how = inTheWay(list);
  const count = how === 'faulty' ? counts.errors : open.duplicates;
  return { how, params: { count, added: counts.added, changed: counts.changed } };
};

/** How the list stands, and what happens next. */
export const importStanding = (list: Import, request: PageRequest) => {
  const working = list.state === 'uploaded' ? 'uploaded' : 'busy';
  const state = list.busy ? working : list.state;
  const next = list.busy ? {} : nextOf(list);
  return <StateLead say={request.say} kind="import" state={state} may={mayImport(request)} {...next} />;
};

/** What an officer does with a checked list: what is asked first stands first. */
const ofChecked = (list: Import, { say, csrf }: PageRequest) => {
  const at = `/imports/${list.importId}`;
  const how = inTheWay(list);
  return (
    <>
      {how === 'faulty' && (
        <LinkButton look="primary" href={correctedAddress(list)}>
          {say('page.imports.corrected')}
        </LinkButton>
      )}
      {how === 'faulty' && list.faults.some(({ code }) => VILLAGE_FAULTS.includes(code)) && (
        <LinkButton href="/villages/import">{say('page.imports.villages')}</LinkButton>
      )}
      {how === 'duplicates' && (
        <LinkButton look="primary" href={`${at}/decisions?kind=duplicate`}>
          {say('page.imports.answer')}
        </LinkButton>
      )}
      {how === undefined && (
        <Form action={`${at}/commit`} csrf={csrf}>
          <Button>{say('page.imports.commit')}</Button>
        </Form>
      )}
      <LinkButton href={`${at}/mapping`}>{say('page.imports.change-mapping')}</LinkButton>
      <Form action={`${at}/check`} csrf={csrf}>
        <Button look="secondary">{say('page.imports.check-again')}</Button>
      </Form>
      <Form action={`${at}/discard`} csrf={csrf}>
        <Button look="secondary">{say('page.imports.discard')}</Button>
      </Form>
    </>
  );
};

const ofCommitted = (list: Import, request: PageRequest) => {
  const { say } = request;
  const at = `/imports/${list.importId}`;
  const asked = list.open.missing > 0;
  return (
    <>
      {asked && (
        <LinkButton look={mayImport(request) ? 'primary' : 'secondary'} href={`${at}/decisions?kind=missing`}>
          {say('page.imports.answer')}
        </LinkButton>
      )}
      <LinkButton
        look={asked ? 'secondary' : 'primary'}
        href={`/counts?place=${list.placeId}&on=${list.asOf}&by=village`}
      >
        {say('page.imports.to-counts')}
      </LinkButton>
      {mayImport(request) && <LinkButton href={`${at}/undo`}>{say('page.imports.undo')}</LinkButton>}
    </>
  );
};

/** What the reader may do with the list now. */
export const importActions = (list: Import, request: PageRequest) => {
  const { say } = request;
  if (list.busy) return null;
  if (list.state === 'committed') return ofCommitted(list, request);
  if (!mayImport(request)) return null;
  switch (list.state) {
    case 'failed':
    case 'undone':
    case 'discarded':
      return (
        <LinkButton look={list.state === 'failed' ? 'primary' : 'secondary'} href={correctedAddress(list)}>
          {say(list.state === 'failed' ? 'page.imports.again' : 'page.imports.corrected')}
        </LinkButton>
      );
    case 'read':
      return (
        <LinkButton look="primary" href={`/imports/${list.importId}/mapping`}>
          {say('page.imports.to-mapping')}
        </LinkButton>
      );
    case 'checked':
      return ofChecked(list, request);
    default:
      return null;
  }
};
