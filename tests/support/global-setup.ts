import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { readConfig } from '../../src/platform/config.ts';
import type { ConnectionSettings } from '../../src/platform/db/connect.ts';
import { silentLog } from '../../src/platform/log.ts';
import { openEmbedded } from '../../src/platform/postgres/index.ts';
import { dropDatabase, makeTemplate, type TestServer } from './database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    server: TestServer;
  }
}

/** One server for the whole run: `DATABASE_URL`, or the embedded one in a folder of its own. */
export default async (project: TestProject) => {
  const url = readConfig().databaseUrl;
  const folder = await mkdtemp(join(tmpdir(), 'lantoa-test-'));
  const embedded = url ? undefined : await openEmbedded({ dataDir: folder, log: silentLog() });
  const settings: ConnectionSettings = url ? { connectionString: url } : embedded!.settings;
  const server = await makeTemplate(plain(settings));
  project.provide('server', server);
  return async () => {
    await dropDatabase(server.settings, server.template);
    await embedded?.stop();
    await rm(folder, { recursive: true, force: true });
  };
};

/** A connection string wins over a database name in pg, so it is taken apart here. */
const plain = (settings: ConnectionSettings): ConnectionSettings => {
  if (!settings.connectionString) return { ...settings };
  const url = new URL(settings.connectionString);
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
};
