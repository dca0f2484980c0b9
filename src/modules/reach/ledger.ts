import type { Channel, Proof, Stage } from '../../shared/channels.ts';
import type { Day } from '../../shared/dates.ts';

export interface EditionKey {
  readonly messageId: string;
  readonly edition: number;
}

/** Individual evidence: this subject was reached by this edition, this strongly, by this proof. */
export interface NewContact extends EditionKey {
  readonly subjectId: string;
  readonly stage: Stage;
  /** In which language it was told or written. */
  readonly language: string;
  readonly channel: Channel;
  readonly proof: Proof;
  readonly happenedOn: Day;
  readonly activityId: string | null;
  readonly formId?: string | null;
  readonly personId?: string | null;
}

/** Area evidence: whoever lived in this village then and understands the language could hear or see it. */
export interface NewExposure extends EditionKey {
  readonly placeId: string;
  readonly language: string;
  readonly channel: Channel;
  readonly proof: Proof;
  readonly happenedOn: Day;
  readonly activityId: string | null;
  readonly formId?: string | null;
}

/** As it stands in the ledger, with its id. */
export type KeptContact = NewContact & { readonly contactId: string };
export type KeptExposure = NewExposure & { readonly exposureId: string };
