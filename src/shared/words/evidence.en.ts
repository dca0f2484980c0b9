export const evidenceEn = {} as const;
