export const listEn = {} as const;
