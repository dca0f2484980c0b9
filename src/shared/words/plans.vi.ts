export const plansVi = {} as const;
