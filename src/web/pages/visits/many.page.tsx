import { cancelVisits, giveVisits, previewCancelVisits, previewGiveVisits } from '../../../modules/visits/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { isId } from '../../../shared/ids.ts';
import type { Say } from '../../../shared/words/index.ts';
import { Actions, Alert, Button, Form, Lines, Narrow, PageHead, Stack } from '../../../ui/index.ts';
import { type PageRequest, page, type Reply, type View } from '../../page.ts';
import { textOf, textsOf } from '../../typed.ts';
import { typedDay } from '../typed-day.ts';
import { addressOf, askedOf, filtersOf } from './asked.ts';

/** Fields of a form of ours that the summary asks for itself. */
const OWN = ['csrf', 'sure', 'count', 'back'];

interface Summary {
  readonly title: string;
  readonly lead: string;
  /** What cannot be done for some, and why; what else is to be known. */
  readonly notes: readonly string[];
  readonly count: number;
  readonly act: string;
  readonly danger: boolean;
}

const summaryView = ({ say, csrf, form }: PageRequest, { title, lead, notes, count, act, danger }: Summary): View => ({
  title,
  body: (
    <Narrow>
      <Stack>
        <PageHead title={title} lead={lead} />
        {notes.length > 0 && (
          <Lines>
            {notes.map((note) => (
              <li>{note}</li>
            ))}
          </Lines>
        )}
        {count > 0 && (
          <Alert tone="warning">
            <p>{say(danger ? 'page.visits.cancel-final' : 'page.visits.give-final')}</p>
          </Alert>
        )}
        <Form action="/visits/many" csrf={csrf}>
          {Object.keys(form)
            .filter((name) => !OWN.includes(name))
            .flatMap((name) => textsOf(form, name).map((value) => <input type="hidden" name={name} value={value} />))}
          <input type="hidden" name="sure" value="yes" />
          <input type="hidden" name="count" value={String(count)} />
          <Actions>
            {count > 0 && <Button look={danger ? 'danger' : 'primary'}>{act}</Button>}
            <Button look="secondary" name="back" value="yes">
              {say('page.left-behind.sum.back')}
            </Button>
          </Actions>
        </Form>
      </Stack>
    </Narrow>
  ),
});

/** The sentences of those counts that are not nothing. */
const told = (say: Say, counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).flatMap(([name, count]) => (count > 0 ? [say(`page.visits.many.${name}`, { count })] : []));

const chosen = ({ form, today }: PageRequest) => {
  const asked = askedOf({ typed: { values: form, error: undefined, kept: false }, query: {} });
  const all = textsOf(form, 'all').includes('list');
  const count = textOf(form, 'count');
  return {
    visitIds: all ? null : [...textsOf(form, 'visit')],
    all: all ? filtersOf(asked, today) : null,
    expected: count === '' ? null : Number(count),
  };
};

const give = async (request: PageRequest): Promise<Reply> => {
  const { say, form, execute } = request;
  const [ownerId, day] = [textOf(form, 'ownerId'), textOf(form, 'dueOn')];
  const wanted = {
    ...chosen(request),
    ...{ agentId: isId(ownerId) ? ownerId : null, agentName: textOf(form, 'ownerName') },
    ...{ dueOn: day === '' ? null : typedDay(day), note: textOf(form, 'note') },
  };
  if (textOf(form, 'sure') === 'yes') {
    const { visits } = await execute(giveVisits, wanted);
    return { redirect: addressOf(askedOf({ ...request, query: form }), { given: String(visits) }) };
  }
  const { visits, villages, agentName, late, same, outside, gone, closed } = await execute(previewGiveVisits, wanted);
  const due = wanted.dueOn === null ? say('page.visits.many.own-days') : showDay(wanted.dueOn);
  return summaryView(request, {
    title: say('page.visits.give'),
    lead: say(visits > 0 ? 'page.visits.many.give' : 'page.visits.many.nothing', {
      ...{ count: visits, villages, agent: agentName, due },
    }),
    notes: told(say, { late, same, outside, gone, closed }),
    ...{ count: visits, act: say('page.visits.give-do', { count: visits }), danger: false },
  });
};

const cancel = async (request: PageRequest): Promise<Reply> => {
  const { say, form, execute } = request;
  const wanted = { ...chosen(request), reason: textOf(form, 'reason') };
  if (textOf(form, 'sure') === 'yes') {
    const { visits } = await execute(cancelVisits, wanted);
    return { redirect: addressOf(askedOf({ ...request, query: form }), { cancelled: String(visits) }) };
  }
  const { visits, villages, closed } = await execute(previewCancelVisits, wanted);
  return summaryView(request, {
    title: say('page.visits.cancel-many'),
    lead: say(visits > 0 ? 'page.visits.many.cancel' : 'page.visits.many.nothing', {
      ...{ count: visits, villages, reason: wanted.reason },
    }),
    notes: told(say, { closed }),
    ...{ count: visits, act: say('page.visits.cancel-do', { count: visits }), danger: true },
  });
};

/** `view` draws the list, with what was typed and ticked. */
export const manyPage = (view: (request: PageRequest) => Promise<View>) =>
  page({
    method: 'POST',
    path: '/visits/many',
    signedIn: true,
    formAt: () => '/visits',
    again: view,
    handle: async (request) => {
      const { form } = request;
      if (textOf(form, 'back') === 'yes')
        return view({ ...request, typed: { values: form, error: undefined, kept: false } });
      return textOf(form, 'do') === 'cancel' ? cancel(request) : give(request);
    },
  });
