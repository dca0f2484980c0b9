import type { ReceiptCode, RefusalCode } from './contract.ts';

/** A value that is kept elsewhere. Nothing is filled into it, and whoever prints it sees nothing. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toJSON(): string {
    return '***';
  }
}

/** A text with places to fill (`{to}`), or a secret that goes out as it is. */
export type Template = string | Secret;

/** A JSON value whose texts are templates. */
export type JsonTemplate =
  | Template
  | number
  | boolean
  | null
  | readonly JsonTemplate[]
  | { readonly [key: string]: JsonTemplate };

/** A condition on an answer; every part that is there has to hold. */
export interface AnswerRule {
  readonly status?: number | undefined;
  /** Keys and positions into the JSON of the answer, with dots between; a key that begins with `-` is meant. */
  readonly path?: string | undefined;
  /** What stands at `path`; without it any value but nothing. */
  readonly equals?: string | undefined;
}

/** How the provider tells what became of a message: an HTTP request to `/receipts/<provider>`. */
export interface ReceiptSettings {
  readonly secret: Secret;
  /** `header`, `query`: the secret stands there itself; `hmac-sha256`: a header holds the keyed hash of the body. */
  readonly proof: 'header' | 'hmac-sha256' | 'query';
  /** Of the header, or of the field of the query. */
  readonly name: string;
  readonly read: 'json' | 'form' | 'query';
  /** Where in the JSON a list of receipts stands, `.` for all of it; null = each request is one receipt. */
  readonly list: string | null;
  readonly ref: string;
  readonly status: string;
  /** The provider's number of the fault; null = it gives none. */
  readonly detail: string | null;
  /** Its words for what became of a message; `none` = on its way still, nothing to keep. */
  readonly statuses: Readonly<Record<string, ReceiptCode | 'none'>>;
}

/** How a gateway wants to be spoken to over HTTP: what stands in its contract. */
export interface HttpSettings {
  readonly kind: 'http';
  /** Short and lasting; receipts are looked up by it. */
  readonly provider: string;
  readonly url: string;
  readonly method: 'POST' | 'PUT' | 'GET';
  readonly headers: Readonly<Record<string, Template>>;
  readonly query: Readonly<Record<string, Template>>;
  /** One of both, or neither. */
  readonly body: {
    readonly json?: JsonTemplate | undefined;
    readonly form?: Readonly<Record<string, Template>> | undefined;
  };
  readonly sender: string;
  /** How it wants numbers written. */
  readonly numbers: '+84' | '84' | '0';
  readonly accepted: Pick<AnswerRule, 'path' | 'equals'> & { readonly statuses: readonly number[] };
  /** Where in the JSON of its answer its name for the message stands; null = receipts come under `{id}`, our own. */
  readonly ref: string | null;
  readonly refusals: readonly (AnswerRule & { readonly code: RefusalCode; readonly retry: boolean })[];
  /** With what it is asked whether it is there: without a body, without our secrets. */
  readonly greeting: 'OPTIONS' | 'HEAD' | 'GET';
  readonly checkSeconds: number;
  /** The most requests under way. */
  readonly concurrency: number;
  /** The most messages a second that the contract allows; null = no limit. */
  readonly perSecond: number | null;
  /** How long an answer may take before it is taken for lost. */
  readonly timeoutSeconds: number;
  /** VND for one part, by contract; null = not known. */
  readonly pricePerPart: number | null;
  /** A phone's answer would not come back to us by this wire. */
  readonly answerable: false;
  /** Is the other end a simulator? Believed only when it says so itself, on this machine. */
  readonly simulator: boolean;
  /** null = the provider tells nothing. */
  readonly receipts: ReceiptSettings | null;
}

/** What holds where the contract says nothing else. */
export const httpDefaults = {
  method: 'POST',
  numbers: '+84',
  statuses: [200, 201, 202],
  greeting: 'OPTIONS',
  checkSeconds: 30,
  concurrency: 10,
  timeoutSeconds: 30,
} as const;

/** The header by which our simulator says what it is, on every answer, and which a real gateway never sends. */
export const SIMULATOR_HEADER = 'x-lantoa-simulator';
