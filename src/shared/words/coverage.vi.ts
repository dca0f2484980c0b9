export const coverageVi = {} as const;
