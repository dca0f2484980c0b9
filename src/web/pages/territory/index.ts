import type { Page } from '../../page.ts';
import { dropPages } from './drop.page.tsx';
import { mapPages } from './map.page.tsx';

/** The map of a commune's villages: loaded from its own file, looked at, taken away. */
export const territoryPages: readonly Page[] = [...mapPages, ...dropPages];
