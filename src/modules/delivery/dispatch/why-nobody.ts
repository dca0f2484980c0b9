import { subjectOf } from '../../plans/index.ts';
import type { DispatchPreview } from './preview-dispatch.ts';

/**
 * Why a sending would go to nobody: everybody is left out (the figures say by what), an earlier sending needs no other run, or
 * the line means nobody: in the villages chosen, among officers, or at all.
 */
export const whyNobody = (
  { leftOut, line }: Pick<DispatchPreview, 'leftOut' | 'line'>,
  { retryOf, placeIds }: { readonly retryOf?: string | null | undefined; readonly placeIds: readonly string[] },
): 'left-out' | 'again' | 'places' | 'officers' | 'meant' => {
  if (Object.keys(leftOut.why).length > 0) return 'left-out';
  if (retryOf) return 'again';
  if (placeIds.length > 0) return 'places';
  return subjectOf(line) === 'officer' ? 'officers' : 'meant';
};
