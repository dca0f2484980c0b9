import {
  fullName,
  getPlace,
  listOwnCommunes,
  type PlaceVersion,
  placeColumns,
} from '../../../modules/territory/index.ts';
import { Aside, Card, Hint, Lead, Lines, LinkButton, Table } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { capital } from '../../show.ts';

/** So many codes are shown; who has more communes has the list of units. */
const MOST_CODES = 12;

/** The last day of the old communes, and the first of those of now. */
const DAYS = [
  ['codeBefore', '2025-06-30'],
  ['codeAfter', '2025-07-01'],
] as const;

/** Under which heading which code of a commune goes; a commune of one time only has one of them. */
const codesOf = (versions: readonly PlaceVersion[]) =>
  DAYS.flatMap(([column, day]) => {
    const then = versions.find(({ validFrom, validTo }) => validFrom <= day && (validTo === null || validTo > day));
    return then?.officialCode ? [{ heading: placeColumns[column], code: then.officialCode }] : [];
  });

/** The codes that the officer has to write into the file. */
const Codes = async ({ say, execute }: PageRequest) => {
  const communes = await execute(listOwnCommunes, {});
  if (communes.length === 0) return null;
  const more = communes.length - MOST_CODES;
  const known = await Promise.all(
    communes.slice(0, MOST_CODES).map(async ({ placeId, unitType, name }) => ({
      name: capital(fullName(unitType, name)),
      codes: codesOf((await execute(getPlace, { placeId })).versions),
    })),
  );
  return (
    <>
      <h3>{say('page.villages.codes')}</h3>
      <Lines>
        {known.map(({ name, codes }) => (
          <li>
            <strong>{name}</strong>
            {codes.map(({ heading, code }) => (
              <Aside lang="vi">
                {' · '}
                {heading}: {code}
              </Aside>
            ))}
          </li>
        ))}
      </Lines>
      {more > 0 && <Hint>{say('page.villages.codes-more', { count: more })}</Hint>}
    </>
  );
};

/** What the file has to look like, with an empty one to fill in. */
export const AboutColumns = async (request: PageRequest) => {
  const { say } = request;
  return (
    <Card title={say('page.villages.columns')}>
      <Lead>{say('page.villages.columns-lead')}</Lead>
      <p>
        <LinkButton href="/villages/blank.csv">{say('page.villages.blank')}</LinkButton>
      </p>
      {await Codes(request)}
      <Table
        caption={say('page.villages.columns')}
        captionHidden
        rows={Object.entries(placeColumns)}
        columns={[
          { label: say('page.villages.column'), cell: ([, heading]) => <strong lang="vi">{heading}</strong> },
          { label: say('page.villages.column-about'), cell: ([field]) => say(`page.villages.column.${field}`) },
        ]}
      />
    </Card>
  );
};
