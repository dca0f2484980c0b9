import type { previewFollowUp } from '../../../modules/coverage/index.ts';
import { showDay } from '../../../shared/dates.ts';
import type { Say } from '../../../shared/words/index.ts';
import { sayOf, type Unit } from '../../../shared/words/units.ts';
import {
  Actions,
  Alert,
  Button,
  Checkboxes,
  Form,
  Hint,
  Lines,
  Narrow,
  PageHead,
  Stack,
  SummaryList,
} from '../../../ui/index.ts';
import type { PageRequest, View } from '../../page.ts';
import { showNumber } from '../../show.ts';
import { textsOf } from '../../typed.ts';

type Preview = Awaited<ReturnType<(typeof previewFollowUp)['run']>>;

/** Fields of a form of ours that the summary asks for itself. */
const OWN = ['csrf', 'sure', 'again', 'count', 'open', 'back'];

/** What came with the form, to be sent once more. */
const Kept = ({ form }: Pick<PageRequest, 'form'>) => (
  <>
    {Object.keys(form)
      .filter((name) => !OWN.includes(name))
      .flatMap((name) => textsOf(form, name).map((value) => <input type="hidden" name={name} value={value} />))}
  </>
);

/** What changes nothing, and why. */
const passedOver = (say: Say, { open, reached }: Preview) => [
  ...(open > 0
    ? [{ label: say('page.left-behind.sum.kept'), value: say('page.left-behind.sum.kept-count', { count: open }) }]
    : []),
  ...(reached > 0
    ? [{ label: say('page.left-behind.sum.passed'), value: say('page.left-behind.sum.reached', { count: reached }) }]
    : []),
];

const steps = (plain: Say, preview: Preview) => (
  <Lines>
    {preview.steps.map(({ step, count }) => (
      <li>{sayOf(plain, preview.unit)('page.left-behind.sum.step', { step: plain(`step.${step}`), count })}</li>
    ))}
  </Lines>
);

const undone = (say: Say, { visits, open }: Preview): string =>
  [
    say(visits > 0 ? 'page.left-behind.sum.undo' : 'page.left-behind.sum.no-visit'),
    ...(open > 0 ? [say('page.left-behind.sum.no-undo')] : []),
  ].join(' ');

/** What is about to be given out, before it is: to whom, for how many, and for whom nothing changes. */
export const summaryView = (request: PageRequest, preview: Preview, dueOn: string): View => {
  const { csrf, form, language } = request;
  const say = sayOf(request.say, preview.unit);
  const { households, villages, ownerName, open } = preview;
  const title = say('page.left-behind.sum.title');
  return {
    title,
    body: (
      <Narrow>
        <Stack>
          <PageHead
            title={title}
            lead={
              households > 0
                ? say('page.left-behind.sum.lead', {
                    count: households,
                    villages,
                    owner: ownerName,
                    due: showDay(dueOn),
                  })
                : say('page.left-behind.sum.nobody')
            }
          />
          <SummaryList
            items={[
              { label: say('page.left-behind.owner'), value: ownerName },
              { label: say('page.left-behind.due'), value: showDay(dueOn) },
              ...(households > 0 ? [{ label: say('page.left-behind.step'), value: steps(request.say, preview) }] : []),
              ...(preview.visits > 0
                ? [{ label: say('page.left-behind.sum.visits'), value: showNumber(preview.visits, language) }]
                : []),
              ...passedOver(say, preview),
            ]}
          />
          <Form action="/left-behind/assign" csrf={csrf}>
            <Kept form={form} />
            <input type="hidden" name="sure" value="yes" />
            <input type="hidden" name="count" value={String(households)} />
            <input type="hidden" name="open" value={String(open)} />
            {open > 0 && (
              <Checkboxes
                name="again"
                label={say('page.left-behind.sum.kept')}
                options={[
                  {
                    value: 'yes',
                    label: say('page.left-behind.sum.again', { count: open }),
                    hint: say('page.left-behind.sum.again-hint'),
                  },
                ]}
                values={textsOf(form, 'again')}
              />
            )}
            <Hint>{undone(say, preview)}</Hint>
            <Actions>
              <Button>{say('page.left-behind.assign-do')}</Button>
              <Button look="secondary" name="back" value="yes">
                {say('page.left-behind.sum.back')}
              </Button>
            </Actions>
          </Form>
        </Stack>
      </Narrow>
    ),
  };
};

interface DoneProps {
  readonly request: PageRequest;
  readonly unit: Unit;
  /** The list as it was asked for, to come back to. */
  readonly back: Readonly<Record<string, string>>;
}

/** That it was given out; what of it can be taken back at once. */
export const Done = ({ request, unit, back }: DoneProps) => {
  const { query, csrf } = request;
  const say = sayOf(request.say, unit);
  const number = (name: string): number => Number(textsOf(query, name)[0] ?? Number.NaN);
  const [households, visits, made] = [number('assigned'), number('visits'), number('made')];
  const [undoneNow, left] = [number('undone'), number('left')];
  // Taken back already, by another window or by somebody else: which ones went then is not known here.
  if (undoneNow === 0)
    return (
      <Alert tone="info">
        <p>{say('page.left-behind.undone-none')}</p>
      </Alert>
    );
  if (Number.isInteger(undoneNow))
    return (
      <Alert tone={left > 0 ? 'warning' : 'success'}>
        <p>
          {say('page.left-behind.undone', { count: undoneNow })}
          {left > 0 && ` ${say('page.left-behind.undone-left', { count: left })}`}
        </p>
      </Alert>
    );
  if (!Number.isInteger(households) || households < 1 || !Number.isInteger(visits)) return null;
  return (
    <Alert tone="success">
      {/* What is done for a whole village is noted, and sends nobody to a household. */}
      <p>
        {say(visits === 0 && unit === 'household' ? 'page.left-behind.noted' : 'page.left-behind.assigned', {
          households,
          visits,
        })}
      </p>
      {Number.isInteger(made) && made > 0 && (
        <Form action="/left-behind/undo" csrf={csrf}>
          {[
            ...Object.entries(back),
            ...['first', 'last', 'at', 'made'].map((name) => [name, textsOf(query, name)[0]!]),
          ].map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <Hint>{say('page.left-behind.undo-hint', { count: made })}</Hint>
          <Button look="secondary">{say('page.left-behind.undo')}</Button>
        </Form>
      )}
    </Alert>
  );
};
