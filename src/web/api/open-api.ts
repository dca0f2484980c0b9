import { z } from 'zod';
import type { UseCase } from '../../platform/command.ts';
import { roles } from '../../shared/roles.ts';
import { sayIn, words } from '../../shared/words/index.ts';
import { doorKinds } from './refusal.ts';

type Json = Readonly<Record<string, unknown>>;

const [vi, en] = [sayIn('vi'), sayIn('en')];

/** The audit's sentence of what it does, or, for what the audit does not note, one of its own. */
const sentenceKey = (name: string): string => (`audit.${name}` in words.vi ? `audit.${name}` : `api.does.${name}`);

const rolesOf = ({ allow }: UseCase): readonly string[] =>
  (allow === 'signed-in' ? roles : allow === 'system' ? [] : allow).filter((role) => role !== 'admin');

/** The schema of an input as it is sent. The shape of ids is said by their format; a pattern of 200 characters adds nothing. */
const inputOf = (useCase: UseCase): Json => {
  const { $schema: _, ...schema } = z.toJSONSchema(useCase.input, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === 'uuid') delete jsonSchema.pattern;
    },
  });
  return schema;
};

const refusals: readonly (readonly [status: string, name: string, key: string])[] = [
  ['400', 'Invalid', 'api.answer.invalid'],
  ['401', 'Unauthorised', 'api.answer.unauthorised'],
  ['403', 'Forbidden', 'api.answer.forbidden'],
  ['404', 'NotFound', 'api.answer.not-found'],
  ['409', 'Conflict', 'api.answer.conflict'],
  ['413', 'TooLarge', 'api.answer.too-large'],
  ['415', 'JsonOnly', 'api.answer.json-only'],
  ['429', 'TooMany', 'api.answer.too-many'],
  ['503', 'Unavailable', 'api.answer.unavailable'],
];

const both = (key: string): string => `${vi(key)} / ${en(key)}`;

const operationOf = (useCase: UseCase): Json => {
  const key = sentenceKey(useCase.name);
  const allowed = rolesOf(useCase);
  return {
    operationId: useCase.name,
    tags: [useCase.name.split('.')[0]],
    summary: both(key),
    description: `${both('api.roles')} ${allowed.join(', ')}.`,
    'x-kind': useCase.kind,
    'x-roles': allowed,
    requestBody: { required: true, content: { 'application/json': { schema: inputOf(useCase) } } },
    responses: {
      '200': {
        description: both('api.answer.ok'),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Answer' } } },
      },
      ...Object.fromEntries(refusals.map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }])),
    },
  };
};

const text = { type: 'string' };
const PARAMS = { type: 'object', additionalProperties: { type: ['string', 'number'] } };
const FIELD = {
  type: 'object',
  required: ['path', 'code', 'params', 'message'],
  properties: { path: text, code: text, params: PARAMS, message: text },
};
const KINDS = ['invalid', 'forbidden', 'not-found', 'conflict', 'unavailable', ...doorKinds];

const schemas = {
  Answer: {
    type: 'object',
    required: ['result'],
    properties: { result: { description: both('api.result') } },
  },
  Error: {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['kind', 'code', 'params', 'message', 'fields'],
        properties: {
          kind: { type: 'string', enum: KINDS },
          code: text,
          params: PARAMS,
          message: text,
          fields: { type: 'array', items: FIELD },
        },
      },
    },
  },
};

/** OpenAPI 3.1 of what is open to keys: made from the same values as the doors, so it cannot say anything else. */
export const openApiDocument = (useCases: readonly UseCase[]): Json => ({
  openapi: '3.1.1',
  info: {
    title: 'Lan Tỏa',
    version: '1',
    description: both('api.about'),
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  security: [{ key: [] }],
  paths: Object.fromEntries(useCases.map((useCase) => [`/api/${useCase.name}`, { post: operationOf(useCase) }])),
  components: {
    securitySchemes: { key: { type: 'http', scheme: 'bearer', description: both('api.key') } },
    schemas,
    responses: Object.fromEntries(
      refusals.map(([, name, key]) => [
        name,
        {
          description: both(key),
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      ]),
    ),
  },
});
