export const visitsVi = {} as const;
