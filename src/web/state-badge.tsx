import type { Say } from '../shared/words/index.ts';
import { Badge } from '../ui/index.ts';
import { capital } from './show.ts';
import { type Next, nextText, type Stands, type StateKind, stateText, toneOf } from './states.ts';

type Props<K extends StateKind> = Stands<K> & { readonly say: Say };

/** How something stands, as it looks everywhere. */
export const StateBadge = <K extends StateKind>({ say, ...stands }: Props<K>) => (
  <Badge tone={toneOf(stands)}>{capital(stateText(say, stands))}</Badge>
);

/** Below the name of a page: how its thing stands, what happens next and who does it. For `lead` of `PageHead`. */
export const StateLead = <K extends StateKind>({ say, kind, state, ...next }: Props<K> & Next) => {
  const sentence = nextText(say, { kind, state }, next);
  return (
    <>
      <StateBadge say={say} kind={kind} state={state} />
      {sentence && ` ${sentence}`}
    </>
  );
};
