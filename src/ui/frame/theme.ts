/** Light, dark, or as the machine says. */
export const themes = ['auto', 'light', 'dark'] as const;

export type Theme = (typeof themes)[number];
