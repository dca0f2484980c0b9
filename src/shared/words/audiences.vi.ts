export const audiencesVi = {} as const;
