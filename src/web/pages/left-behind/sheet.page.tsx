import { sheetBody, villageSheet } from '../../../modules/coverage/index.ts';
import { isId } from '../../../shared/ids.ts';
import { sayOf } from '../../../shared/words/units.ts';
import { Actions, LinkButton } from '../../../ui/index.ts';
import { page } from '../../page.ts';
import { textOf } from '../../typed.ts';
import { addressOf, askedOf } from './asked.ts';

/** One sheet of paper for a village. */
export const sheetPage = page({
  method: 'GET',
  path: '/left-behind/sheet',
  signedIn: true,
  handle: async (request) => {
    const { say: plain, query, execute, actor } = request;
    const asked = askedOf(request);
    const village = textOf(query, 'village');
    const { lineId, planCode } = asked;
    const sheet = await execute(villageSheet, { lineId, planCode, villageId: isId(village) ? village : '' });
    const say = sayOf(plain, sheet.unit);
    const lists = actor.grants.some(({ role }) => role === 'officer' || role === 'leader');
    return {
      title: say('sheet.title', { place: sheet.place }),
      body: (
        <>
          <h1>{say('page.left-behind.sheet-title')}</h1>
          <Actions>
            {lists && (
              <LinkButton href={addressOf(asked, { place: village })}>{say('page.left-behind.back')}</LinkButton>
            )}
          </Actions>
          <p class="hint no-print">{say('page.left-behind.sheet-hint')}</p>
          {/* One text for paper and page: it escapes every value put in it (sheet-html.ts). */}
          <div dangerouslySetInnerHTML={{ __html: sheetBody(sheet, plain) }} />
        </>
      ),
    };
  },
});
