/**
 * The written order of the domain modules. A module imports only modules above it, and only through their `index.ts`.
 * Facts flow down; what below must start something above calls an upstream command. Lists only modules that exist.
 */
export const river = ['territory', 'identity', 'registry'] as const;

export type ModuleName = (typeof river)[number];
