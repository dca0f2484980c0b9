import { type Ladder, lineLadders } from '../../../modules/coverage/index.ts';
import { LadderChart, LadderKey, Stack } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { coverageAddress } from '../coverage/index.ts';
import { mayCount } from './may-plan.ts';

/** The bars of a plan's lines by position, for who may see what is counted; none of a draft. */
export const laddersOf = async (
  request: PageRequest,
  { code, state }: { readonly code: string; readonly state: string },
): Promise<ReadonlyMap<number, Ladder>> =>
  state !== 'draft' && mayCount(request) ? request.execute(lineLadders, { planCode: code }) : new Map<number, Ladder>();

/** How far one line is, as a bar that opens the figures. */
export const LineLadder = (props: {
  request: PageRequest;
  code: string;
  position: number;
  ladder: Ladder | undefined;
}) => {
  const { request, code, position, ladder } = props;
  const { say } = request;
  return ladder ? (
    <Stack>
      <LadderKey say={say} brief />
      <LadderChart
        say={say}
        label={say('page.plans.reached-so-far')}
        rows={[
          {
            name: say('page.plans.own-places'),
            href: coverageAddress(code, position),
            figures: ladder,
            target: ladder.targetPercent / 100,
          },
        ]}
      />
    </Stack>
  ) : null;
};
