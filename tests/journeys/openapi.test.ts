import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadReferenceUnits } from '../../src/modules/territory/index.ts';
import { openToKeys } from '../../src/open-to-keys.ts';
import { systemActor } from '../../src/platform/command.ts';
import { words } from '../../src/shared/words/index.ts';
import type { Web } from '../../src/web/server.ts';
import { startPages } from '../support/browserless.ts';
import { asking, makeKey } from '../support/keys.ts';
import { importVillages, taXiLang } from '../support/lists.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let web: Web;
let ask: ReturnType<typeof asking>;
// biome-ignore lint/suspicious/noExplicitAny: a document as it came over the wire
let document: any;
beforeAll(async () => {
  world = await createWorld();
  await world.execute(loadReferenceUnits, systemActor, {});
  await importVillages(world);
  web = await startPages(world);
  ask = asking(web.url, (await makeKey(world, { placeId: taXiLang })).secret);
  document = await (await fetch(`${web.url}/openapi.json`)).json();
});
afterAll(async () => {
  await web.close();
  await world.close();
});

describe('the description of the door for other systems', () => {
  it('is OpenAPI 3.1, as a validator of others says', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(validator.version).toBe('3.1');
    // And the validator does find what is wrong.
    const broken = { ...structuredClone(document), paths: { '/x': { post: { responses: 7 } } } };
    expect((await new Validator().validate(broken)).valid).toBe(false);
  });

  it('describes what is open to keys, that and nothing else, each in both languages', () => {
    expect(Object.keys(document.paths).sort()).toEqual(openToKeys.map(({ name }) => `/api/${name}`).sort());
    for (const [path, { post }] of Object.entries<{ post: Record<string, never> }>(document.paths)) {
      const { summary, operationId } = post as unknown as { summary: string; operationId: string };
      expect(path).toBe(`/api/${operationId}`);
      const key = [`audit.${operationId}`, `api.does.${operationId}`].find((each) => each in words.vi)!;
      expect(summary, path).toBe(`${words.vi[key]} / ${words.en[key]}`);
    }
    const of = openToKeys.map(({ name }) => `api.does.${name}`);
    const spare = Object.keys(words.vi).filter((key) => key.startsWith('api.does.') && !of.includes(key));
    expect(spare).toEqual([]);
  });

  it('says which input is needed, as the use case reads it', () => {
    const schema = document.paths['/api/registry.count-households'].post.requestBody.content['application/json'].schema;
    expect(schema.required).toEqual(['placeId']);
    expect(schema.properties.placeId).toEqual({ type: 'string', format: 'uuid' });
    expect(schema.properties.by).toMatchObject({ default: 'commune', enum: ['village', 'commune', 'total'] });
    expect(document.components.securitySchemes.key).toMatchObject({ type: 'http', scheme: 'bearer' });
  });

  it('whatever it calls impossible is refused, by every use case, with the field', async () => {
    for (const { name } of openToKeys) {
      const schema = document.paths[`/api/${name}`].post.requestBody.content['application/json'].schema;
      expect((await ask(name, [])).status, name).toBe(400);
      const required: readonly string[] = schema.required ?? [];
      if (required.length > 0) {
        const { status, body } = await ask(name, {});
        expect(status, name).toBe(400);
        const paths = body.error.fields.map(({ path }: { path: string }) => path);
        expect(paths, name).toEqual(expect.arrayContaining([...required]));
        for (const field of body.error.fields) expect(field.message, `${name} ${field.code}`).not.toMatch(/^error\./u);
      }
      // What nothing is: neither text nor number nor one of a list.
      for (const property of Object.keys(schema.properties ?? {}).filter((each) => each !== 'rule')) {
        const { status, body } = await ask(name, { [property]: { no: ['such', 'thing'] } });
        expect(status, `${name} ${property}`).toBe(400);
        const paths = body.error.fields.map(({ path }: { path: string }) => path.split('.')[0]);
        expect(paths, `${name} ${property}`).toContain(property);
      }
    }
  });

  it('is read without a key', async () => {
    const response = await fetch(`${web.url}/openapi.json`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(JSON.stringify(document)).not.toContain('lantoa_A');
  });
});
