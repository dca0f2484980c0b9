export { type EmbeddedPostgres, openEmbedded } from './embedded.ts';
