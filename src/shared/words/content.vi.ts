export const contentVi = {} as const;
