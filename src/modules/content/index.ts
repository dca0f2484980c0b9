import { addMessage } from './add-message.ts';
import { approveForm, returnForm } from './approve-form.ts';
import { approveMessage } from './approve-message.ts';
import { getMessage } from './get-message.ts';
import { importMessages } from './import-messages.ts';
import { findMessages, listMessages } from './list-messages.ts';
import { listWaiting } from './list-waiting.ts';
import { newEdition } from './new-edition.ts';
import { retireMessage } from './retire-message.ts';
import { returnMessage } from './return-message.ts';
import { reviseForm } from './revise-form.ts';
import { saveEdition } from './save-edition.ts';
import { removeForm, saveForm } from './save-form.ts';
import { submitMessage } from './submit-message.ts';

export { addMessage } from './add-message.ts';
export { approveForm, returnForm } from './approve-form.ts';
export { approveMessage } from './approve-message.ts';
export { appliesOn, type Basis } from './basis.ts';
export { inPlainLetters } from './form.ts';
export { conditionNames, exampleConditions, exampleValues, valueNames } from './gap-names.ts';
export { type GapSlip, gapSlips } from './gap-slips.ts';
export { type Correction, type EditionView, getMessage } from './get-message.ts';
export { importMessages } from './import-messages.ts';
export { findMessages, listedStates, listMessages } from './list-messages.ts';
export { listWaiting } from './list-waiting.ts';
export { type FormKind, formKinds, topics } from './message.ts';
export { newEdition } from './new-edition.ts';
export { retireMessage } from './retire-message.ts';
export { returnMessage } from './return-message.ts';
export { reviseForm } from './revise-form.ts';
export { saveEdition } from './save-edition.ts';
export { removeForm, saveForm } from './save-form.ts';
export { approvedForms, findMessageByCode, getEditions, messageSorts } from './store-read.ts';
export { submitMessage } from './submit-message.ts';
export { fillText, type Piece, parseTemplate, valuesUsed } from './template.ts';

export const contentUseCases = [
  addMessage,
  saveEdition,
  saveForm,
  removeForm,
  submitMessage,
  returnMessage,
  approveMessage,
  retireMessage,
  newEdition,
  reviseForm,
  approveForm,
  returnForm,
  importMessages,
  listMessages,
  findMessages,
  listWaiting,
  getMessage,
];
