import { sql } from 'kysely';
import type { Db } from '../../../platform/db/connect.ts';
import { type Day, ZONE } from '../../../shared/dates.ts';
import type { DeliveryState, SentBy } from './dispatch.ts';

/** How many deliveries of a sending stand where, in one place. */
export interface SentCount {
  readonly lineId: string;
  readonly dispatchId: string;
  readonly channel: SentBy;
  readonly placeId: string;
  readonly state: DeliveryState;
  readonly count: number;
}

/**
 * What became, as far as is known now, of everything that was sent for these lines by the end of a day; by the place of
 * whom it was for, so that whoever asks can keep to the places they may see.
 */
export const sentFor = async (tx: Db, lineIds: readonly string[], until: Day): Promise<SentCount[]> => {
  const { rows } = await sql<SentCount>`
    select s.line_id as "lineId", s.dispatch_id as "dispatchId", s.channel, d.place_id as "placeId", d.state, count(*)::int as count
    from delivery.dispatch s join delivery.delivery d on d.dispatch_id = s.dispatch_id
    where s.line_id = any(${[...lineIds]}::uuid[]) and (s.created_at at time zone ${ZONE})::date <= ${until}::date
    group by 1, 2, 3, 4, 5`.execute(tx);
  return rows;
};
