import { type LineToTell, visitOutcomes, visitProofs } from '../../../modules/visits/index.ts';
import { spokenLanguages } from '../../../shared/channels.ts';
import { showDay } from '../../../shared/dates.ts';
import { invalid } from '../../../shared/errors.ts';
import {
  Button,
  Card,
  Checkboxes,
  ErrorText,
  Field,
  Form,
  FormTrouble,
  Hint,
  type KeptForm,
  Part,
  Radios,
  ReadAloud,
  Select,
} from '../../../ui/index.ts';
import type { Form as FormValues, PageRequest } from '../../page.ts';
import { faultAt, textOf, textsOf, troubleOf } from '../../typed.ts';
import { type KnownLanguages, LanguageFields } from '../language-fields.tsx';
import type { SpokenOptions } from '../spoken-options.ts';

const YES = 'yes';

/** Names of the fields of one line: several lines stand in one form. */
const fieldOf = (name: 'told' | 'language' | 'answer' | 'acted', lineId: string): string => `${name}-${lineId}`;

/** What is read out stands open; the same in languages of others is folded away. */
export const Scripts = ({ line, say }: { line: LineToTell; say: PageRequest['say'] }) => {
  const [first, ...others] = line.scripts;
  if (!first) return <Hint>{say('page.visits.no-script')}</Hint>;
  return (
    <>
      <Hint>{say('page.visits.read-aloud', { language: `@language.${first.language}` })}</Hint>
      <ReadAloud lang={first.language}>{first.text}</ReadAloud>
      {others.map(({ language, text }) => (
        <Part title={say('page.visits.read-aloud', { language: `@language.${language}` })}>
          <ReadAloud lang={language}>{text}</ReadAloud>
        </Part>
      ))}
    </>
  );
};

interface LineFieldsProps {
  readonly line: LineToTell;
  readonly request: PageRequest;
  /** What the household understands. */
  readonly languages: readonly string[];
  readonly spoken: SpokenOptions;
}

const LineFields = ({ line, request, languages, spoken }: LineFieldsProps) => {
  const { say, typed } = request;
  const { lineId } = line;
  const sent = Object.keys(typed.values).length > 0;
  const [question] = line.questions;
  // Proposed only where the text to read is in a language of theirs; else whoever spoke has to say in which.
  const proposed = line.scripts.find(({ language }) => languages.includes(language))?.language ?? '';
  const [told, language, answer, acted] = (['told', 'language', 'answer', 'acted'] as const).map((name) =>
    fieldOf(name, lineId),
  ) as [string, string, string, string];
  return (
    <Card title={line.title}>
      <p>{line.core}</p>
      <Scripts line={line} say={say} />
      <Checkboxes
        name={told}
        label={say('page.visits.told')}
        options={[{ value: YES, label: say('page.visits.told-yes') }]}
        values={textsOf(typed.values, told)}
      />
      <Select
        name={language}
        label={say('page.visits.told-in')}
        options={[...spoken.near, ...spoken.others]}
        empty={say('ui.choose')}
        value={sent ? textOf(typed.values, language) : proposed}
        error={faultAt(request, language)}
      />
      {question && (
        <Radios
          name={answer}
          label={say('page.visits.question', { text: question.text })}
          hint={say('page.visits.question-hint')}
          options={[
            ...question.answers.map((text, at) => ({ value: `${question.formId}:${at + 1}`, label: text })),
            { value: '', label: say('page.visits.not-asked') },
          ]}
          value={textOf(typed.values, answer)}
        />
      )}
      <Checkboxes
        name={acted}
        label={say('page.visits.acted')}
        options={[{ value: YES, label: say('page.visits.acted-yes') }]}
        values={textsOf(typed.values, acted)}
      />
    </Card>
  );
};

interface RecordFormProps {
  readonly request: PageRequest;
  readonly visitId: string;
  readonly lines: readonly LineToTell[];
  /** What the household understands and reads. */
  readonly known: KnownLanguages;
  readonly today: string;
  readonly spoken: SpokenOptions;
  readonly keep: KeptForm;
}

/** Everything that is written down at the door. */
export const RecordForm = ({ request, visitId, lines, known, today, spoken, keep }: RecordFormProps) => {
  const { say, csrf, typed } = request;
  const sent = Object.keys(typed.values).length > 0;
  return (
    <>
      <FormTrouble trouble={troubleOf(request)} />
      <Form action={`/visits/${visitId}`} csrf={csrf} keep={keep}>
        <Radios
          name="outcome"
          label={say('page.visits.outcome')}
          options={visitOutcomes.map((value) => ({ value, label: say(`visit-outcome.${value}`) }))}
          value={textOf(typed.values, 'outcome')}
          error={faultAt(request, 'outcome')}
        />
        <div id="field-results">
          {faultAt(request, 'results') && <ErrorText>{faultAt(request, 'results')}</ErrorText>}
          {lines.map((line) => (
            <LineFields line={line} request={request} languages={known.languages ?? []} spoken={spoken} />
          ))}
        </div>
        <LanguageFields request={request} known={known} spoken={spoken} hint={say('page.languages.at-door')} />
        <Field
          name="happenedOn"
          label={say('page.visits.day')}
          inputMode="numeric"
          value={sent ? textOf(typed.values, 'happenedOn') : showDay(today)}
          error={faultAt(request, 'happenedOn')}
        />
        <Select
          name="proof"
          label={say('page.visits.proof')}
          hint={say('page.visits.proof-hint')}
          options={visitProofs.map((value) => ({ value, label: say(`proof.${value}`) }))}
          value={textOf(typed.values, 'proof')}
        />
        <Field
          name="note"
          label={say('page.visits.note')}
          hint={say('page.visits.note-hint')}
          value={textOf(typed.values, 'note')}
          error={faultAt(request, 'note')}
        />
        <Button>{say('page.visits.record')}</Button>
      </Form>
    </>
  );
};

/** What the form says of each line of which something was told. Refuses one without the language it was told in. */
export const resultsOf = (form: FormValues, lineIds: readonly string[]) =>
  lineIds.flatMap((lineId) => {
    const said = (name: 'told' | 'acted') => textOf(form, fieldOf(name, lineId)) === YES;
    const [formId = '', chosen = ''] = textOf(form, fieldOf('answer', lineId)).split(':');
    const [readAloud, acted] = [said('told'), said('acted')];
    if (!readAloud && !acted && !formId) return [];
    const language = spokenLanguages.find((each) => each === textOf(form, fieldOf('language', lineId)));
    if (!language) throw invalid('visit.language', {}, [{ path: fieldOf('language', lineId), code: 'visit.language' }]);
    return [{ lineId, language, readAloud, answer: formId ? { formId, chosen: Number(chosen) } : null, acted }];
  });
