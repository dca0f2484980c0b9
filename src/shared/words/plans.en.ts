export const plansEn = {} as const;
