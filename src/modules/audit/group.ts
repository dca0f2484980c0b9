/** First parts of the use cases' names: the kinds of work one may look for. On screen `audit.group.<name>`. */
export const groups = [
  'identity',
  'territory',
  'registry',
  'content',
  'audiences',
  'plans',
  'visits',
  'delivery',
  'broadcast',
  'gatherings',
  'reach',
  'coverage',
  'reports',
  'audit',
] as const;

export type Group = (typeof groups)[number];
