import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCoverage, listReached } from '../../src/modules/coverage/index.ts';
import { planResults } from '../../src/modules/reports/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { say } from '../../src/shared/words/index.ts';
import type { Web } from '../../src/web/server.ts';
import { startPages } from '../support/browserless.ts';
import { openStory, type Story, tell } from '../support/coverage.ts';
import { signedIn } from '../support/day.ts';
import { addLine, putContacts } from '../support/evidence.ts';
import { textOfDocx } from '../support/office-files.ts';

const PLAN = 'ke-hoach-quy-2';

let story: Story;
let web: Web;
let lineId: string;

// From February on the message was told for another plan; a line of the same edition begins in April.
beforeAll(async () => {
  story = await openStory();
  await tell(story);
  lineId = await addLine(story.world, { messageId: story.messageId, code: PLAN, from: '2026-04-01', to: '2026-06-30' });
  await story.world.database.pool.query(`update plans.plan set period_from = '2026-01-01' where code = $1`, [PLAN]);
  web = await startPages(story.world);
});
afterAll(async () => {
  await web.close();
  await story.world.close();
});

const report = async () => (await story.world.execute(planResults, systemActor, { planCode: PLAN })).lines[0]!;

describe('evidence from before a line began', () => {
  it('counts, and the report tells how many rest on nothing else', async () => {
    const { lines } = await story.world.execute(getCoverage, systemActor, { planCode: PLAN, by: 'total' });
    expect(lines[0]!.sum).toMatchObject({ n: 6, reached: 2 });
    expect(await report()).toMatchObject({ earlier: 2, coverage: { sum: { reached: 2 } } });
    // Reached again in the period, but less strongly than the line asks for: that alone would not do.
    const edition = { messageId: story.messageId, edition: 1 } as const;
    const leaflet = { ...edition, stage: 2, channel: 'leaflet', proof: 'signed-list', activityId: null } as const;
    await putContacts(story.world, [
      { ...leaflet, subjectId: await story.subject('H01'), language: 'hmn', happenedOn: '2026-05-02' },
    ]);
    expect((await report()).earlier).toBe(2);
    await putContacts(story.world, [
      {
        ...{ ...leaflet, stage: 3, channel: 'meeting' },
        subjectId: await story.subject('H01'),
        ...{ language: 'hmn', happenedOn: '2026-05-03' },
      },
    ]);
    expect(await report()).toMatchObject({ earlier: 1, coverage: { sum: { reached: 2 } } });
  });

  it('is said on the page of coverage, in its files, in the report, and beside each household behind a figure', async () => {
    const { walker } = await signedIn(story.world, web, 'officer');
    const earlier = say('vi', 'coverage.how.earlier');
    expect(await (await walker.get(`/coverage?plan=${PLAN}`)).text()).toContain(earlier);
    expect(await (await walker.get(`/coverage.csv?plan=${PLAN}`)).text()).toContain(earlier);
    const rows = await (await walker.get(`/coverage/rows?plan=${PLAN}&line=${PLAN}:1&what=s3`)).text();
    expect(rows.split(`(${say('vi', 'page.coverage.row-earlier')}`)).toHaveLength(3);
    expect(rows).toContain(`10/03/2026 (${say('vi', 'page.coverage.row-earlier')})`);
    const file = await walker.get(`/plans/${PLAN}/report.docx`);
    const { document } = await textOfDocx(Buffer.from(await file.arrayBuffer()));
    expect(document).toContain(earlier);
    expect(document).toContain('trước ngày đầu của dòng: dòng 1 có 1 hộ.');
    const { line } = await story.world.execute(listReached, systemActor, { lineId, what: 'n' });
    expect(line).toMatchObject({ startsOn: '2026-04-01', subject: 'household' });
  });
});
