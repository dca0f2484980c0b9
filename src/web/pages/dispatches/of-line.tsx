import { listDispatches } from '../../../modules/delivery/index.ts';
import { Card } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { DispatchTable } from './list.page.tsx';

/** The sendings of a plan's line so far; nothing while there is none. */
export const dispatchesOfLine = async (request: PageRequest, lineId: string) => {
  const { say, execute } = request;
  const { dispatches } = await execute(listDispatches, { lineId });
  return dispatches.length === 0 ? null : (
    <Card title={say('page.dispatches.of-line')}>
      <DispatchTable request={request} rows={dispatches} caption={say('page.dispatches.of-line')} withLine={false} />
    </Card>
  );
};
