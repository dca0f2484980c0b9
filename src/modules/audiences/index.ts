import { countAudience, exportAudienceSubjects, listAudienceSubjects } from './count-audience.ts';
import { endAudience } from './end-audience.ts';
import { findAudiences, getAudience, listAudiences } from './list-audiences.ts';
import { saveAudience } from './save-audience.ts';

export { type Audience, findAudience, nameOfAudience } from './audience.ts';
export { builtInNote } from './built-in.ts';
export { checkRule } from './check-rule.ts';
export {
  type CountedVillage,
  countAudience,
  exportAudienceSubjects,
  listAudienceSubjects,
  meansAnybody,
} from './count-audience.ts';
export { describeRule, type RuleNames } from './describe-rule.ts';
export { endAudience } from './end-audience.ts';
export { findAudiences, getAudience, type ListedAudience, listAudiences } from './list-audiences.ts';
export { ruleInText, ruleSchema, textOfRule } from './read-rule.ts';
export { type Condition, type Rule, usesReach } from './rule.ts';
export { saveAudience } from './save-audience.ts';
export { compileRule, subjectsOn } from './store-rule.ts';

export const audiencesUseCases = [
  saveAudience,
  endAudience,
  listAudiences,
  findAudiences,
  getAudience,
  countAudience,
  listAudienceSubjects,
  exportAudienceSubjects,
];
