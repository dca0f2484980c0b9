import type { AuditRefs } from '../../platform/audit.ts';
import { isId } from '../../shared/ids.ts';

/** What an id of the audit stands for. Their names on screen are `audit.thing.<kind>`. */
export type ThingKind =
  | 'subject'
  | 'officer'
  | 'line'
  | 'plan'
  | 'import'
  | 'message'
  | 'dispatch'
  | 'activity'
  | 'visit'
  | 'audience'
  | 'place'
  | 'user'
  | 'key';

export interface Thing {
  readonly kind: ThingKind;
  readonly id: string;
}

const KINDS: Readonly<Record<string, ThingKind>> = {
  subjectId: 'subject',
  subjectIds: 'subject',
  lineId: 'line',
  lineIds: 'line',
  lines: 'line',
  planId: 'plan',
  importId: 'import',
  messageId: 'message',
  messageIds: 'message',
  dispatchId: 'dispatch',
  activityId: 'activity',
  activityIds: 'activity',
  visitId: 'visit',
  audienceId: 'audience',
  placeId: 'place',
  villageId: 'place',
  communeId: 'place',
  row: 'place',
  places: 'place',
  userId: 'user',
  ownerId: 'user',
  keyId: 'key',
};

/** Counts that are told; their words are `audit.count.<name>`. */
export const countNames = ['households', 'rows', 'numbers', 'recipients', 'visits', 'added', 'errors'] as const;

export type Counts = Readonly<Partial<Record<(typeof countNames)[number], number>>>;

/** The ids of a row in the order in which it has them, each once; ids of kinds that nobody looks for are left out. */
export const thingsIn = (refs: AuditRefs): Thing[] => {
  const things = Object.entries(refs).flatMap(([name, value]) => {
    const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
    if (!kind) return [];
    return (Array.isArray(value) ? value : [value])
      .filter((id): id is string => typeof id === 'string' && isId(id))
      .map((id) => ({ kind, id }));
  });
  return [...new Map(things.map((thing) => [thing.id, thing])).values()];
};

export const countsIn = (refs: AuditRefs): Counts =>
  Object.fromEntries(
    countNames.flatMap((name) => {
      const value = refs[name];
      return typeof value === 'number' ? [[name, value]] : [];
    }),
  );
