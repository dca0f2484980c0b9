import { countBothWays } from '../../shared/sms.ts';

/**
 * While a text is typed: how many SMS parts it takes, with marks and without. The page has counted already what it came
 * with; this keeps the numbers up to date. Runs in the browser.
 */
const KINDS = ['sms', 'sms-plain'];

const counter = document.querySelector<HTMLElement>('[data-sms-counter]');
const text = document.querySelector<HTMLTextAreaElement>('#field-text');
const kind = document.querySelector<HTMLSelectElement>('select[name="kind"]');

const show = (name: string, value: number): void => {
  const place = counter?.querySelector(`[data-count="${name}"]`);
  // Only what changed: a screen reader tells each change.
  if (place && place.textContent !== String(value)) place.textContent = String(value);
};

const count = (): void => {
  if (!counter || !text) return;
  const { marked, plain } = countBothWays(text.value);
  show('marked-parts', marked.parts);
  show('marked-left', marked.left);
  show('plain-parts', plain.parts);
  show('plain-left', plain.left);
};

const offer = (): void => {
  if (counter && kind) counter.hidden = !KINDS.includes(kind.value);
};

text?.addEventListener('input', count);
kind?.addEventListener('change', offer);
// The browser may have put back what was typed before.
count();
offer();
