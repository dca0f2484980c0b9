import { liftPages } from './lift.page.tsx';
import { refusalListPages } from './list.page.tsx';
import { refusePages } from './refuse.page.tsx';

export const refusalPages = [...refusalListPages, ...refusePages, ...liftPages];
