import { type DispatchPreview, whyNobody } from '../../../modules/delivery/index.ts';
import { Actions, EmptyState, LinkButton } from '../../../ui/index.ts';
import type { PageRequest } from '../../page.ts';
import { mayImport } from '../imports/may-import.ts';
import type { Choices } from './choices.ts';
import { lineAddress } from './standing.ts';

/** In the button's stead, when it would send to nobody: why, and what to do. */
export const NobodyPart = (props: { request: PageRequest; seen: DispatchPreview; choices: Choices }) => {
  const { request, seen, choices } = props;
  const { say } = request;
  const { line } = seen;
  const why = whyNobody(seen, choices);
  const households = why === 'meant' || why === 'places';
  return (
    <EmptyState title={say('page.dispatches.nobody')}>
      <p>{say(why === 'left-out' ? 'page.dispatches.nobody-hint' : `delivery.nobody.${why}`)}</p>
      <Actions>
        {(why === 'left-out' || why === 'again') && (
          <LinkButton href={`/left-behind?line=${line.lineId}`}>{say('page.dispatches.to.left-behind')}</LinkButton>
        )}
        {households && mayImport(request) && <LinkButton href="/imports/new">{say('page.imports.new')}</LinkButton>}
        <LinkButton href={lineAddress({ code: line.planCode, position: line.position })}>{say('ui.cancel')}</LinkButton>
      </Actions>
    </EmptyState>
  );
};
