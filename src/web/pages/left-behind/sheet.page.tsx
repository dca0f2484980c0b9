import { lineLadders, sheetBody, villageSheet } from '../../../modules/coverage/index.ts';
import { isId } from '../../../shared/ids.ts';
import { sayOf } from '../../../shared/words/units.ts';
import { Actions, Hint, LadderChart, LadderKey, LinkButton, PageHead, Stack } from '../../../ui/index.ts';
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
    const ladders = await execute(lineLadders, { planCode: sheet.planCode, placeId: isId(village) ? village : null });
    const rows = sheet.lines.flatMap(({ position, what }) => {
      const ladder = ladders.get(position);
      const name = say('page.coverage.line-option', { position, what });
      return ladder ? [{ name, href: undefined, figures: ladder, target: ladder.targetPercent / 100 }] : [];
    });
    const lists = actor.grants.some(({ role }) => role === 'officer' || role === 'leader');
    return {
      title: say('sheet.title', { place: sheet.place }),
      body: (
        <>
          <PageHead title={say('page.left-behind.sheet-title')} />
          <Actions>
            {lists && (
              <LinkButton href={addressOf(asked, { place: village })}>{say('page.left-behind.back')}</LinkButton>
            )}
          </Actions>
          <Hint print={false}>{say('page.left-behind.sheet-hint')}</Hint>
          {rows.length > 0 && (
            <Stack>
              <LadderKey say={say} brief />
              <LadderChart say={say} label={say('page.left-behind.sheet-bars')} rows={rows} />
            </Stack>
          )}
          {/* One text for paper and page: it escapes every value put in it (sheet-html.ts). */}
          <div dangerouslySetInnerHTML={{ __html: sheetBody(sheet, plain) }} />
        </>
      ),
    };
  },
});
