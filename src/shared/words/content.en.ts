export const contentEn = {} as const;
