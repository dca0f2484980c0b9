import { isDay, showDay } from '../../../shared/dates.ts';
import { Alert } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { textOf } from '../../typed.ts';

/** What has just been done about a number, as the address says (`refusal=done`, `allowed`, or the day it was known since). */
export const RefusalNotice = ({ say, query }: Pick<PageRequest, 'say' | 'query'>) => {
  const said = textOf(query, 'refusal');
  if (isDay(said))
    return (
      <Alert tone="info">
        <p>{say('page.refusals.already', { day: showDay(said) })}</p>
      </Alert>
    );
  if (said !== 'done' && said !== 'allowed') return null;
  return (
    <Alert tone="success">
      <p>{say(`page.refusals.${said}`)}</p>
    </Alert>
  );
};

/** The same as a piece of an address. */
export const noticeOf = ({ fresh, since }: { readonly fresh: boolean; readonly since: string }): string =>
  `refusal=${fresh ? 'done' : since}`;
