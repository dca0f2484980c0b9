export const audiencesEn = {} as const;
