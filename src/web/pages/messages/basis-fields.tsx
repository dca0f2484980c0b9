import type { Basis } from '../../../modules/content/index.ts';
import { showDay } from '../../../shared/dates.ts';
import { Checkboxes, Field, FieldGroup, Part, Stack } from '../../../ui/index.ts';
import type { Form, PageRequest } from '../../page.ts';
import { faultAt, textOf } from '../../typed.ts';
import { typedDay } from '../typed-day.ts';

const TEXTS = ['number', 'date', 'issuer', 'title', 'validFrom', 'validTo'] as const;

/** One basis as it is typed: days as people write them. */
type TypedBasis = Readonly<Record<(typeof TEXTS)[number], string>> & { readonly verified: boolean };

const BLANK: TypedBasis = { number: '', date: '', issuer: '', title: '', validFrom: '', validTo: '', verified: false };

const MOST = 60;

/** Rows that somebody wrote something in, in their order: what is left empty is passed over, and numbers follow. */
const typedBases = (form: Form): TypedBasis[] =>
  Array.from({ length: MOST }, (_, at): TypedBasis => {
    const texts = Object.fromEntries(TEXTS.map((name) => [name, textOf(form, `bases.${at}.${name}`)]));
    return { ...BLANK, ...texts, verified: textOf(form, `bases.${at}.mark`) === 'verified' };
  }).filter((row) => TEXTS.some((name) => row[name].trim() !== ''));

const dayOrNull = (text: string): string | null => (text.trim() === '' ? null : typedDay(text));

/** What the use case is given. */
export const basesOf = (form: Form): Basis[] =>
  typedBases(form).map(({ number, issuer, title, date, validFrom, validTo, verified }) => ({
    number,
    issuer,
    title,
    date: dayOrNull(date),
    validFrom: dayOrNull(validFrom),
    validTo: dayOrNull(validTo),
    mark: verified ? 'verified' : 'unconfirmed',
  }));

const written = (basis: Basis): TypedBasis => ({
  ...basis,
  date: basis.date ? showDay(basis.date) : '',
  validFrom: basis.validFrom ? showDay(basis.validFrom) : '',
  validTo: basis.validTo ? showDay(basis.validTo) : '',
  verified: basis.mark === 'verified',
});

const Row = ({ row, at, request }: { row: TypedBasis; at: number; request: PageRequest }) => {
  const { say } = request;
  const about = (name: (typeof TEXTS)[number]) => ({
    name: `bases.${at}.${name}`,
    value: row[name],
    error: faultAt(request, `bases.${at}.${name}`),
  });
  return (
    <Part
      title={
        <>
          {say('page.messages.basis-one', { number: at + 1 })}
          {row.number && `: ${row.number}`}
        </>
      }
      open={row !== BLANK || at === 0}
    >
      <Stack>
        <Field {...about('number')} label={say('page.messages.basis-number')} placeholder="61-NQ/TU" />
        <Field
          {...about('date')}
          label={say('page.messages.basis-date')}
          placeholder="20/10/2021"
          inputMode="numeric"
        />
        <Field {...about('issuer')} label={say('page.messages.basis-issuer')} />
        <Field {...about('title')} label={say('page.messages.basis-title')} />
        <Field {...about('validFrom')} label={say('page.messages.basis-from')} inputMode="numeric" />
        <Field
          {...about('validTo')}
          label={say('page.messages.basis-to')}
          hint={say('page.messages.basis-to-hint')}
          inputMode="numeric"
        />
        <Checkboxes
          name={`bases.${at}.mark`}
          label={say('page.messages.basis-check')}
          options={[{ value: 'verified', label: say('page.messages.basis-mark') }]}
          values={row.verified ? ['verified'] : []}
        />
      </Stack>
    </Part>
  );
};

/**
 * The legal bases as rows to fill in, with two empty ones behind them, or six when more were asked for: it works without
 * any script, and what is wrong is said at its field.
 */
export const BasisFields = ({
  bases,
  request,
  more,
}: {
  bases: readonly Basis[];
  request: PageRequest;
  more: boolean;
}) => {
  const { typed, say } = request;
  const sent = Object.keys(typed.values).length > 0;
  const rows = sent ? typedBases(typed.values) : bases.map(written);
  const blank = Array.from({ length: more ? 6 : 2 }, () => BLANK);
  return (
    <FieldGroup
      name="bases"
      label={say('page.messages.bases')}
      hint={say('page.messages.bases-hint')}
      error={faultAt(request, 'bases')}
    >
      {[...rows, ...blank].map((row, at) => (
        <Row row={row} at={at} request={request} />
      ))}
    </FieldGroup>
  );
};
