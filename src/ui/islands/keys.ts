/**
 * Single keys: `/` to the search, `g` and a letter to a place, `?` what each does. Never while somebody types, and not at all
 * for who turned them off (WCAG 2.1.4). Runs in the browser.
 */
const WAIT_MILLISECONDS = 1_500;

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]') !== null;

/** The sign on the key, also where an input method keeps the sign to itself. */
const signOf = ({ key, code }: KeyboardEvent): string =>
  /^Key[A-Z]$/u.test(code) && (key === 'Process' || key.length > 1) ? code.slice(3).toLowerCase() : key.toLowerCase();

const openHelp = (): void => {
  const dialog = document.querySelector<HTMLDialogElement>('dialog#keys');
  if (dialog && !dialog.open) dialog.showModal();
};

const toSearch = (): boolean => {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"], main search input');
  field?.focus();
  field?.select();
  return field !== null;
};

const goTo = (letter: string): boolean => {
  const link = document.querySelector<HTMLAnchorElement>(`.side a[data-key="${CSS.escape(letter)}"]`);
  if (link) location.assign(link.href);
  return link !== null;
};

export const listenToKeys = (): void => {
  let begun = 0;
  document.addEventListener('keydown', (event) => {
    const off = document.body.dataset.keys === 'off';
    if (off || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    const sign = signOf(event);
    const second = begun > 0 && event.timeStamp - begun < WAIT_MILLISECONDS;
    begun = 0;
    if (second && goTo(sign)) event.preventDefault();
    else if (sign === 'g') begun = event.timeStamp;
    else if (sign === '/' && toSearch()) event.preventDefault();
    else if (sign === '?') openHelp();
  });
  for (const opener of document.querySelectorAll<HTMLElement>('[data-opens="keys"]')) {
    opener.hidden = false;
    opener.addEventListener('click', (event) => {
      event.preventDefault();
      openHelp();
    });
  }
};
