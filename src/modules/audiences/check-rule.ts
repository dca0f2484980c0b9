import type { Db } from '../../platform/db/connect.ts';
import { type FieldFault, invalid } from '../../shared/errors.ts';
import { findMessageByCode } from '../content/index.ts';
import { leavesOf, placesIn, type Rule } from './rule.ts';
import { knownPlaces } from './store.ts';

/** Refuses a rule that names a place, a message or an edition that there is not; `at` is the field it came in. */
export const checkRule = async (tx: Db, rule: Rule, at = 'rule'): Promise<void> => {
  const places = await knownPlaces(tx, placesIn(rule));
  const faults: FieldFault[] = [];
  for (const [leaf, way] of leavesOf(rule.where)) {
    const path = [at, ...way].join('.');
    if ('place' in leaf)
      for (const [no, placeId] of leaf.place.entries())
        if (!places.has(placeId)) faults.push({ path: `${path}.place.${no}`, code: 'place' });
    if ('reached' in leaf) {
      const { message: code, edition } = leaf.reached;
      const message = await findMessageByCode(tx, code);
      if (!message) faults.push({ path: `${path}.reached.message`, code: 'rule.message', params: { code } });
      else if (edition !== undefined && edition > message.latestEdition)
        faults.push({ path: `${path}.reached.edition`, code: 'rule.edition', params: { code, edition } });
    }
  }
  if (faults.length > 0) throw invalid('rule', { at: faults.map(({ path }) => path).join(', ') }, faults);
};
