/**
 * The five kinds of failure the product knows. `code` is a key of the translations (`error.<code>`), `params` fill it.
 * Pages, CLI, jobs and API each translate a kind once; nothing else may be thrown to a user.
 */
const errorKinds = ['invalid', 'forbidden', 'not-found', 'conflict', 'unavailable'] as const;

export type ErrorKind = (typeof errorKinds)[number];

export type Params = Readonly<Record<string, string | number>>;

/** One field of an input that was refused; `path` is dotted, `code` a translation key under `error.`. */
export interface FieldFault {
  readonly path: string;
  readonly code: string;
  readonly params?: Params;
}

export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly params: Params;
  readonly fields: readonly FieldFault[];

  constructor(kind: ErrorKind, code: string, params: Params = {}, fields: readonly FieldFault[] = []) {
    super(`${kind}: ${code} ${JSON.stringify(params)}${fields.length ? ` ${JSON.stringify(fields)}` : ''}`);
    this.name = 'AppError';
    this.kind = kind;
    this.code = code;
    this.params = params;
    this.fields = fields;
  }
}

export const invalid = (code: string, params?: Params, fields?: readonly FieldFault[]) =>
  new AppError('invalid', code, params, fields);
export const forbidden = (code: string, params?: Params) => new AppError('forbidden', code, params);
export const notFound = (code: string, params?: Params) => new AppError('not-found', code, params);
export const conflict = (code: string, params?: Params) => new AppError('conflict', code, params);
export const unavailable = (code: string, params?: Params) => new AppError('unavailable', code, params);
