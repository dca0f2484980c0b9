import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type ConnectionSettings, connect, type Database } from '../../src/platform/db/connect.ts';
import { migrate } from '../../src/platform/db/migrate.ts';

/** Connection to the server under test, handed from the global set-up to every test file. */
export interface TestServer {
  readonly settings: ConnectionSettings;
  readonly template: string;
}

const admin = async (settings: ConnectionSettings, statement: string): Promise<void> => {
  const client = new pg.Client({ ...settings, database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

/** A migrated database that others are copied from. */
export const makeTemplate = async (settings: ConnectionSettings): Promise<TestServer> => {
  const template = `lantoa_template_${randomBytes(5).toString('hex')}`;
  await admin(settings, `create database ${template} template template0 encoding 'UTF8'`);
  const database = connect({ ...settings, database: template });
  await migrate(database.pool);
  await database.close();
  return { settings, template };
};

export const dropDatabase = (settings: ConnectionSettings, name: string): Promise<void> =>
  admin(settings, `drop database if exists ${name} with (force)`);

/** A fresh copy of the template, gone again when closed. */
export const createDatabase = async (server: TestServer): Promise<Database & { readonly name: string }> => {
  const name = `lantoa_test_${randomBytes(6).toString('hex')}`;
  await admin(server.settings, `create database ${name} template ${server.template}`);
  const database = connect({ ...server.settings, database: name });
  return {
    ...database,
    name,
    close: async () => {
      await database.close();
      await dropDatabase(server.settings, name);
    },
  };
};
