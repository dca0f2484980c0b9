export const evidenceVi = {} as const;
