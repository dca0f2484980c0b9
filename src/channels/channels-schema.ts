import { z } from 'zod';
import { receiptCodes, refusalCodes } from './contract.ts';
import { httpDefaults } from './http-settings.ts';
import { smppDefaults } from './smpp-settings.ts';
import { smtpDefaults } from './smtp-settings.ts';

const SENDER = /^(?:\+\d{8,15}|\d{3,15}|(?=.*[A-Za-z])[A-Za-z0-9 ._&-]{1,11})$/u;

const envName = z.string().regex(/^[A-Za-z_]\w*$/u);
const provider = z.string().regex(/^[a-z][a-z0-9-]{0,29}$/u);
const host = z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/u);
const port = z.int().min(1).max(65_535);
const perSecond = z.number().min(0.1).max(100_000).nullable().default(null);
const pricePerPart = z.number().min(0).max(1_000_000).nullable().default(null);
const timeoutSeconds = z.number().min(1).max(600);
const checkSeconds = z.number().min(5).max(600);
const passwordPlace = { passwordEnv: envName.optional(), passwordFile: z.string().min(1).optional() };

const smppSchema = z.strictObject({
  provider,
  kind: z.literal('smpp'),
  host,
  port,
  tls: z.boolean().default(smppDefaults.tls),
  systemId: z.string().regex(/^[\x21-\x7e]{1,15}$/u),
  ...passwordPlace,
  systemType: z.string().max(12).default(smppDefaults.systemType),
  sender: z.string().regex(SENDER),
  bind: z.enum(['transceiver', 'pair']).default(smppDefaults.bind),
  answerable: z.boolean().default(smppDefaults.answerable),
  pricePerPart,
  simulator: z.boolean().default(smppDefaults.simulator),
  window: z.int().min(1).max(1_000).default(smppDefaults.window),
  perSecond,
  timeoutSeconds: timeoutSeconds.default(smppDefaults.timeoutSeconds),
  validityHours: z.int().min(1).max(720).default(smppDefaults.validityHours),
  receiptIds: z.enum(['same', 'hex-of-decimal']).default(smppDefaults.receiptIds),
});

const path = z.string().min(1).max(200);
/** A value of JSON, as one writes it in YAML without quotes too. */
const said = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const status = z.int().min(100).max(599);
/** What may stand where a text goes out: a text with places, or where a secret is kept. */
const template = z.union([
  z.string(),
  z.strictObject({ env: envName, prefix: z.string().optional() }),
  z.strictObject({ file: z.string().min(1), prefix: z.string().optional() }),
]);
const templates = z.record(z.string().min(1), template);
const secret = z.union([z.strictObject({ env: envName }), z.strictObject({ file: z.string().min(1) })]);

const receiptsSchema = z.strictObject({
  secret,
  proof: z.enum(['header', 'hmac-sha256', 'query']),
  name: z.string().regex(/^[A-Za-z0-9_-]{1,60}$/u),
  read: z.enum(['json', 'form', 'query']).default('json'),
  list: path.nullable().default(null),
  ref: path,
  status: path,
  detail: path.nullable().default(null),
  statuses: z.record(z.string(), z.enum([...receiptCodes, 'none'])),
});

const httpSchema = z.strictObject({
  provider,
  kind: z.literal('http'),
  url: z.url({ protocol: /^https?$/u }),
  method: z.enum(['POST', 'PUT', 'GET']).default(httpDefaults.method),
  headers: templates.default({}),
  query: templates.default({}),
  body: z.strictObject({ json: z.json().optional(), form: templates.optional() }).default({}),
  sender: z.string().regex(SENDER),
  numbers: z.enum(['+84', '84', '0']).default(httpDefaults.numbers),
  accepted: z
    .strictObject({
      statuses: z
        .array(status)
        .min(1)
        .default([...httpDefaults.statuses]),
      path: path.optional(),
      equals: said.optional(),
    })
    .prefault({}),
  ref: path.nullable().default(null),
  refusals: z
    .array(
      z.strictObject({
        status: status.optional(),
        path: path.optional(),
        equals: said.optional(),
        code: z.enum(refusalCodes),
        retry: z.boolean().default(false),
      }),
    )
    .max(100)
    .default([]),
  greeting: z.enum(['OPTIONS', 'HEAD', 'GET']).default(httpDefaults.greeting),
  checkSeconds: checkSeconds.default(httpDefaults.checkSeconds),
  concurrency: z.int().min(1).max(1_000).default(httpDefaults.concurrency),
  perSecond,
  timeoutSeconds: timeoutSeconds.default(httpDefaults.timeoutSeconds),
  pricePerPart,
  simulator: z.boolean().default(false),
  receipts: receiptsSchema.nullable().default(null),
});

const mailAddress = z.email().max(254);

const smtpSchema = z.strictObject({
  provider,
  kind: z.literal('smtp'),
  host,
  port,
  tls: z.enum(['starttls', 'implicit', 'none']).default(smtpDefaults.tls),
  user: z.string().min(1).max(254).nullable().default(null),
  ...passwordPlace,
  from: mailAddress,
  fromName: z.string().max(100).default(''),
  replyTo: mailAddress.nullable().default(null),
  bounceDomain: z
    .string()
    .regex(/^[A-Za-z0-9.-]{1,200}$/u)
    .nullable()
    .default(null),
  poolSize: z.int().min(1).max(50).default(smtpDefaults.poolSize),
  perSecond,
  timeoutSeconds: timeoutSeconds.default(smtpDefaults.timeoutSeconds),
  checkSeconds: checkSeconds.default(smtpDefaults.checkSeconds),
  simulator: z.boolean().default(false),
});

export const fileSchema = z.strictObject({
  sms: z
    .array(z.discriminatedUnion('kind', [smppSchema, httpSchema]))
    .max(20)
    .default([]),
  email: z
    .array(z.discriminatedUnion('kind', [smtpSchema]))
    .max(20)
    .default([]),
});

export type SmppEntry = z.infer<typeof smppSchema>;
export type HttpEntry = z.infer<typeof httpSchema>;
export type SmtpEntry = z.infer<typeof smtpSchema>;

const kinds: Readonly<Record<string, z.ZodObject>> = { smpp: smppSchema, http: httpSchema, smtp: smtpSchema };
const sections: Readonly<Record<string, z.ZodObject>> = {
  body: httpSchema.shape.body.unwrap(),
  accepted: httpSchema.shape.accepted.unwrap(),
  refusals: httpSchema.shape.refusals.unwrap().element,
  receipts: receiptsSchema,
};

/** The keys that can be used at a place of the file, for whoever wrote another. */
export const keysAt = (at: readonly PropertyKey[], kind: string): readonly string[] => {
  if (at.length === 0) return Object.keys(fileSchema.shape);
  const schema = at.length === 2 ? kinds[kind] : sections[String(at[2])];
  return schema ? Object.keys(schema.shape) : ['env', 'file', 'prefix'];
};
