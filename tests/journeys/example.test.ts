import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleLocality, truth } from '../../src/example/index.ts';
import { loadExample } from '../../src/example/load-example.ts';
import { countByPlace } from '../../src/modules/registry/index.ts';
import { loadReferenceUnits, referenceId } from '../../src/modules/territory/index.ts';
import { systemActor } from '../../src/platform/command.ts';
import { silentLog } from '../../src/platform/log.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  console.time('load');
  await loadExample({ execute: world.execute, files: world.files, log: silentLog() });
  console.timeEnd('load');
}, 600_000);
afterAll(() => world.close());

describe('the example locality', () => {
  it('counts', async () => {
    const locality = exampleLocality();
    const known = truth(locality);
    for (const year of locality.years) {
      const { rows } = await world.execute(countByPlace, systemActor, { placeId: referenceId('old:province:15'), on: `${year}-11-30`, boundaries: '2025-06-30', by: 'total' });
      const sum = (c: string) => known.counts.filter((x) => x.date === `${year}-11-30` && x.class === c).reduce((a, x) => a + x.households, 0);
      console.log(year, rows[0]?.households, sum('poor'), sum('near_poor'), sum('newly_escaped'));
    }
    expect(1).toBe(1);
  });
});
