export const visitsEn = {} as const;
