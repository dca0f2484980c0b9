import { countsText, type Entry, type EntryThing, thingText } from '../../../modules/audit/index.ts';
import { Lines } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { addressOf } from './asked.ts';

/** More would bury what was done under codes. */
const SHOWN = 4;

/** The page of a thing; undefined where there is none, or for who only administers, to whom those pages are shut. */
const pageOfThing = ({ actor }: PageRequest, { kind, id, code, position }: EntryThing): string | undefined => {
  if (!actor.grants.some(({ role }) => role === 'leader' || role === 'officer')) return undefined;
  switch (kind) {
    case 'subject':
      return `/households/${id}`;
    case 'plan':
      return code === null ? undefined : `/plans/${encodeURIComponent(code)}`;
    case 'line':
      return code === null ? undefined : `/plans/${encodeURIComponent(code)}/lines/${position}`;
    case 'import':
      return `/imports/${id}`;
    case 'message':
      return `/messages/${id}`;
    case 'dispatch':
      return `/dispatches/${id}`;
    case 'activity':
      return `/plans/activities/${id}`;
    case 'visit':
      return `/visits/${id}`;
    case 'audience':
      return code === null ? undefined : `/audiences/${encodeURIComponent(code)}`;
    default:
      return undefined;
  }
};

/** What a row touched: each with its page, and a way to see only what touched it. */
export const ThingList = ({ request, entry }: { request: PageRequest; entry: Entry }) => {
  const { say, query } = request;
  const counts = countsText(say, entry);
  const more = entry.things.length - SHOWN;
  return (
    <Lines>
      {entry.things.slice(0, SHOWN).map((thing) => {
        const [text, href] = [thingText(say, thing), pageOfThing(request, thing)];
        return (
          <li>
            {href ? <a href={href}>{text}</a> : text}
            {' · '}
            <a
              href={addressOf('/audit', query, { touched: thing.id, before: null })}
              aria-label={say('page.audit.only-label', { thing: text })}
            >
              {say('page.audit.only')}
            </a>
          </li>
        );
      })}
      {more > 0 && <li>{say('page.audit.more-things', { count: more })}</li>}
      {counts && <li>{counts}</li>}
    </Lines>
  );
};
