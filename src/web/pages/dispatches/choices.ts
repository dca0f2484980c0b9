import { type LeftOut, type OtherWay, readingRules, sentKinds } from '../../../modules/delivery/index.ts';
import { isId } from '../../../shared/ids.ts';
import type { Form } from '../../page.ts';
import { textOf, textsOf } from '../../typed.ts';

/** What is chosen before the button: from the address, or from a form that was sent and refused. */
export const choicesOf = (values: Form) => {
  const retry = textOf(values, 'retry');
  return {
    lineId: textOf(values, 'line'),
    formKind: sentKinds.find((kind) => kind === textOf(values, 'kind')) ?? ('sms' as const),
    placeIds: textsOf(values, 'placeIds').filter(isId),
    onlyMissing: textOf(values, 'who') !== 'all',
    reading: readingRules.find((rule) => rule === textOf(values, 'reading')) ?? 'maybe',
    hour: textOf(values, 'hour'),
    where: textOf(values, 'where'),
    urgentReason: textOf(values, 'urgentReason'),
    retryOf: isId(retry) ? retry : null,
    alsoUncertain: textOf(values, 'uncertain') === 'yes',
  };
};

export type Choices = ReturnType<typeof choicesOf>;

/** The same as fields of a form or of an address; what says nothing is left out. */
export const fieldsOf = (choices: Choices): [name: string, value: string][] => {
  const { hour, where, urgentReason, retryOf } = choices;
  const fields: [string, string][] = [
    ['line', choices.lineId],
    ['retry', retryOf ?? ''],
    ['kind', choices.formKind],
    ...choices.placeIds.map((placeId): [string, string] => ['placeIds', placeId]),
    ['who', choices.onlyMissing ? '' : 'all'],
    ['reading', choices.reading === 'maybe' ? '' : choices.reading],
    ['hour', hour],
    ['where', where],
    ['urgentReason', urgentReason],
    ['uncertain', choices.alsoUncertain ? 'yes' : ''],
  ];
  return fields.filter(([, value]) => value !== '');
};

/** Where those are listed whom the sending as chosen would leave out: all, or by other way or reason. */
export const leftOutAddress = (choices: Choices, only: { way?: OtherWay; why?: LeftOut } = {}): string =>
  `/dispatches/new/left-out?${new URLSearchParams([...fieldsOf(choices), ...Object.entries(only)])}`;

/** The confirmation as chosen. */
export const chosenAddress = (choices: Choices): string => `/dispatches/new?${new URLSearchParams(fieldsOf(choices))}`;

/** The confirmation of a line's sending, or of another run for those an earlier one did not reach. */
export const newAddress = (about: { lineId: string; formKind?: string; retryOf?: string }): string =>
  `/dispatches/new?${new URLSearchParams({
    line: about.lineId,
    ...(about.retryOf ? { retry: about.retryOf } : {}),
    ...(about.formKind ? { kind: about.formKind } : {}),
  })}`;
