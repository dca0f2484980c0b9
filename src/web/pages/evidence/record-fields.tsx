import { areaProofs, listProofs } from '../../../modules/delivery/index.ts';
import type { ActivityKind, spokenLanguages } from '../../../shared/channels.ts';
import { showDay } from '../../../shared/dates.ts';
import { Checkboxes, Field, Part, Select } from '../../../ui/index.ts';
import type { Form, PageRequest } from '../../page.ts';
import { faultAt, textOf, textsOf } from '../../typed.ts';
import type { SpokenOptions } from '../spoken-options.ts';
import { typedDay } from '../typed-day.ts';
import { isAreaKind } from './may-record.ts';

/** What the number of each kind counts; some have none. */
const COUNTED: Readonly<Partial<Record<ActivityKind, string>>> = {
  meeting: 'people',
  loudspeaker: 'times',
  zalo: 'members',
  poster: 'copies',
  bulletin: 'copies',
  'leaflet-left': 'copies',
};

interface Props {
  readonly request: PageRequest;
  readonly kind: ActivityKind;
  /** The day the form was opened for. */
  readonly on: string;
  readonly spoken: SpokenOptions;
}

/** When, in which language, by what proof, how much of it, and a note: the same for every kind. */
export const RecordFields = ({ request, kind, on, spoken }: Props) => {
  const { say, typed } = request;
  const field = (name: string) => ({ value: textOf(typed.values, name), error: faultAt(request, name) });
  const counted = COUNTED[kind];
  const { near, others } = spoken;
  return (
    <>
      <Field
        name="happenedOn"
        label={say('page.evidence.day')}
        inputMode="numeric"
        placeholder="15/06/2026"
        {...field('happenedOn')}
        value={textOf(typed.values, 'happenedOn') || showDay(on)}
      />
      <Select
        name="language"
        label={say(kind === 'leaflet' ? 'page.evidence.written-in' : 'page.evidence.told-in')}
        options={[...near, ...others]}
        empty={say('ui.choose')}
        {...field('language')}
      />
      {kind === 'meeting' && (
        <Part
          title={say('page.evidence.also-in')}
          open={textsOf(typed.values, 'alsoIn').length > 0 || faultAt(request, 'alsoIn') !== undefined}
        >
          <Checkboxes
            name="alsoIn"
            label={say('page.evidence.also-in')}
            hint={say('page.evidence.also-in-hint')}
            options={near}
            folded={{ summary: say('page.languages.others', { count: others.length }), options: others }}
            compact
            values={textsOf(typed.values, 'alsoIn')}
            error={faultAt(request, 'alsoIn')}
          />
        </Part>
      )}
      <Select
        name="proof"
        label={say('page.evidence.proof')}
        hint={say('page.evidence.proof-hint')}
        options={(isAreaKind(kind) ? areaProofs : listProofs).map((value) => ({ value, label: say(`proof.${value}`) }))}
        empty={say('ui.choose')}
        {...field('proof')}
      />
      {counted && (
        <Field name={counted} label={say(`page.evidence.${counted}`)} inputMode="numeric" {...field(counted)} />
      )}
      <Field name="note" label={say('page.evidence.note')} {...field('note')} />
    </>
  );
};

/** A number as typed; what is none is refused by the use case. */
const numberOf = (form: Form, name: string): number | null => {
  const text = textOf(form, name).trim();
  return text === '' ? null : Number(text.replaceAll('.', ''));
};

/** What `RecordFields` sent, as the use cases take it. They refuse what is none of theirs. */
export const recordInput = (form: Form, kind: ActivityKind) => {
  const counted = COUNTED[kind];
  return {
    happenedOn: typedDay(textOf(form, 'happenedOn')),
    language: textOf(form, 'language') as (typeof spokenLanguages)[number],
    note: textOf(form, 'note'),
    ...(kind === 'meeting' ? { alsoIn: [...textsOf(form, 'alsoIn')] as (typeof spokenLanguages)[number][] } : {}),
    ...(counted ? { [counted]: numberOf(form, counted) } : {}),
  };
};
