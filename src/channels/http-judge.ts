import type { RefusalCode } from './contract.ts';
import type { Answered } from './http-exchange.ts';
import type { AnswerRule, HttpSettings } from './http-settings.ts';
import { readJson, textAt } from './json-path.ts';

/** What an answer means. */
type Judgement =
  | { readonly kind: 'accepted'; readonly ref: string }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly retry: boolean; readonly detail: string }
  | { readonly kind: 'uncertain'; readonly detail: string };

const jsonOf = (body: string): unknown => {
  try {
    return readJson(body);
  } catch {
    return undefined;
  }
};

const holds = ({ status, path, equals }: AnswerRule, answered: Answered, json: unknown): boolean => {
  if (status !== undefined && status !== answered.status) return false;
  if (path === undefined) return true;
  const found = textAt(json, path);
  return equals === undefined ? found !== undefined : found === equals;
};

/**
 * What a status says by itself (RFC 9110, section 15). With 4xx the request was not carried out; 429 and 503 say so and that
 * it may be later. Any other 5xx is a fault in the middle of the work: the message may be out.
 */
const byStatus = (status: number, detail: string): Judgement => {
  if (status === 429 || status === 503) return { kind: 'refused', code: 'throttled', retry: true, detail };
  if (status === 401 || status === 403) return { kind: 'refused', code: 'sign-on', retry: true, detail };
  if (status === 402) return { kind: 'refused', code: 'credit', retry: false, detail };
  if (status === 413) return { kind: 'refused', code: 'content', retry: false, detail };
  if (status >= 400 && status < 500) return { kind: 'refused', code: 'rejected', retry: false, detail };
  return { kind: 'uncertain', detail };
};

/** What the gateway answered, by the contract first and by the status where the contract says nothing. */
export const judge = (
  { accepted, ref, refusals }: Pick<HttpSettings, 'accepted' | 'ref' | 'refusals'>,
  answered: Answered,
): Judgement => {
  const json = jsonOf(answered.body);
  const said = accepted.path === undefined ? undefined : textAt(json, accepted.path);
  const detail = `HTTP ${answered.status}${said === undefined ? '' : `, ${said.slice(0, 100)}`}`;
  const refusal = refusals.find((rule) => holds(rule, answered, json));
  if (refusal) return { kind: 'refused', code: refusal.code, retry: refusal.retry, detail };
  if (accepted.statuses.includes(answered.status) && holds(accepted, answered, json))
    return { kind: 'accepted', ref: ref === null ? '' : (textAt(json, ref) ?? '') };
  return byStatus(answered.status, detail);
};
