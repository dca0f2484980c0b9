/** `npm run check -- --write` sets this: schema.sql is written anew instead of compared. */
export const writesSchema = process.env.WRITE_SCHEMA === '1';

/** Where Chromium is: named in CHROMIUM, else where Debian puts it. */
export const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** The environment of a program under test: ours, on the embedded database of its own folder. */
export const programEnv = (extra: Record<string, string>): NodeJS.ProcessEnv => {
  const { DATABASE_URL: _, ...rest } = process.env;
  return { ...rest, ...extra };
};
