import type { Page } from '../../page.ts';
import { deliveryPages } from './deliveries.page.tsx';
import { oneDispatchPages } from './dispatch.page.tsx';
import { leftOutPages } from './left-out.page.tsx';
import { dispatchListPages } from './list.page.tsx';
import { newDispatchPages } from './new.page.tsx';
import { replyPages } from './replies.page.tsx';

export { newAddress } from './choices.ts';
export { dispatchesOfLine } from './of-line.tsx';

export const dispatchPages: readonly Page[] = [
  ...dispatchListPages,
  ...newDispatchPages,
  ...leftOutPages,
  ...replyPages,
  ...oneDispatchPages,
  ...deliveryPages,
];
