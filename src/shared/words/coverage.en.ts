export const coverageEn = {} as const;
