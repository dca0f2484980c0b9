export const listVi = {} as const;
