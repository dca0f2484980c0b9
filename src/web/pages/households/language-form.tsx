import { showDay } from '../../../shared/dates.ts';
import { Button, Card, Field, Form, FormTrouble, Hint, type KeptForm } from '../../../ui/index.ts';
import type { Form as FormValues, PageRequest } from '../../page.ts';
import { faultAt, textOf, troubleOf } from '../../typed.ts';
import { type KnownLanguages, LanguageFields, saidOf } from '../language-fields.tsx';
import type { SpokenOptions } from '../spoken-options.ts';
import { typedDay } from '../typed-day.ts';

/** For a whole village only officers speak. */
export const isOfficer = ({ actor }: Pick<PageRequest, 'actor'>): boolean =>
  actor.grants.some(({ role }) => role === 'officer');

/** Officers and agents say what a household understands. */
export const mayNote = ({ actor }: Pick<PageRequest, 'actor'>): boolean =>
  actor.grants.some(({ role }) => role === 'officer' || role === 'agent');

/** From which day it is so. */
export const FromField = ({ request, today }: { request: Pick<PageRequest, 'say' | 'typed'>; today: string }) => {
  const { say, typed } = request;
  return (
    <Field
      name="from"
      label={say('page.languages.from')}
      hint={say('page.languages.from-hint')}
      inputMode="numeric"
      value={'from' in typed.values ? textOf(typed.values, 'from') : showDay(today)}
      error={faultAt(request, 'from')}
    />
  );
};

interface Props {
  readonly request: PageRequest;
  readonly subjectId: string;
  readonly known: KnownLanguages | undefined;
  readonly today: string;
  readonly spoken: SpokenOptions;
  readonly keep: KeptForm;
}

export const LanguageForm = ({ request, subjectId, known, today, spoken, keep }: Props) => {
  const { say, csrf } = request;
  return (
    <Card title={say('page.languages.title')}>
      <Hint>{say('page.languages.why')}</Hint>
      <FormTrouble trouble={troubleOf(request)} />
      <Form action={`/households/${subjectId}/languages`} csrf={csrf} keep={keep}>
        <LanguageFields request={request} known={known} spoken={spoken} />
        <FromField request={request} today={today} />
        <Button>{say('page.languages.save')}</Button>
      </Form>
    </Card>
  );
};

/** What the form says, and from when on. */
export const noteOf = (form: FormValues) => ({ ...saidOf(form), from: typedDay(textOf(form, 'from')) });
