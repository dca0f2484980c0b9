/** `npm run check -- --write` sets this: schema.sql is written anew instead of compared. */
export const writesSchema = process.env.WRITE_SCHEMA === '1';
