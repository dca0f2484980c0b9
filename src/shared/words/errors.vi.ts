export const errorsVi = {} as const;
