import type { Page } from '../../page.ts';
import { audiencePages } from './audience.page.tsx';
import { audienceListPages } from './audiences.page.tsx';
import { memberFilePages } from './members.tsx';
import { newAudiencePages } from './new.page.tsx';

export const audiencesPages: readonly Page[] = [
  ...audienceListPages,
  ...newAudiencePages,
  ...audiencePages,
  ...memberFilePages,
];
