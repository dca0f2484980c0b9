/**
 * The written order of the domain modules. A module imports only modules above it, and only through their `index.ts`.
 * Facts flow down; what below must start something above calls an upstream command. Lists only modules that exist.
 */
export const river = [
  'territory',
  'identity',
  'registry',
  'content',
  'reach',
  'audiences',
  'plans',
  'visits',
  'delivery',
  'broadcast',
  'gatherings',
  'coverage',
  'reports',
  'audit',
] as const;

export type ModuleName = (typeof river)[number];
