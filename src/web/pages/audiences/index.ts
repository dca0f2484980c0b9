import type { Page } from '../../page.ts';
import { audiencePages } from './audience.page.tsx';
import { audienceListPage } from './audiences.page.tsx';
import { newAudiencePages } from './new.page.tsx';

export const audiencesPages: readonly Page[] = [audienceListPage, ...newAudiencePages, ...audiencePages];
