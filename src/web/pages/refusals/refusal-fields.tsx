import { waysToRefuse } from '../../../modules/registry/index.ts';
import { invalid } from '../../../shared/errors.ts';
import { Field, Radios } from '../../../ui/index.ts';
import type { Form as FormValues, PageRequest } from '../../page.ts';
import { faultAt, textOf } from '../../typed.ts';

/** How somebody refused, and what they said. */
export const RefusalFields = ({ request }: { request: Pick<PageRequest, 'say' | 'typed'> }) => {
  const { say, typed } = request;
  return (
    <>
      <Radios
        name="how"
        label={say('page.refusals.how')}
        options={waysToRefuse.map((value) => ({ value, label: say(`refusal-how.${value}`) }))}
        value={textOf(typed.values, 'how')}
        error={faultAt(request, 'how')}
      />
      <Field
        name="note"
        label={say('page.refusals.note')}
        hint={say('page.refusals.note-hint')}
        value={textOf(typed.values, 'note')}
        error={faultAt(request, 'note')}
      />
    </>
  );
};

/** What the fields say. Throws when no way was chosen. */
export const saidOf = (form: FormValues) => {
  const how = waysToRefuse.find((each) => each === textOf(form, 'how'));
  if (!how) throw invalid('refusal.how', {}, [{ path: 'how', code: 'refusal.how' }]);
  return { how, note: textOf(form, 'note') };
};

const hasRole = ({ actor }: Pick<PageRequest, 'actor'>, roles: readonly string[]): boolean =>
  actor.grants.some(({ role }) => roles.includes(role));

/** Who hears of a refusal notes it. */
export const mayRefuse = (request: Pick<PageRequest, 'actor'>): boolean =>
  hasRole(request, ['officer', 'leader', 'agent']);

/** Letting a number be contacted again is for officers and leaders. */
export const mayAllow = (request: Pick<PageRequest, 'actor'>): boolean => hasRole(request, ['officer', 'leader']);
