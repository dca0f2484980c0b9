/**
 * Where only a list changes (another order, another page, other words to look for), only that is fetched and put in place; the
 * address changes with it, so that it can be sent on and the way back works. Without this the browser loads the page anew.
 * Runs in the browser.
 */
const PAUSE_MILLISECONDS = 350;

/** Told to other modules when parts of the page are new. */
export const SHOWN = 'lantoa:shown';

interface Going {
  /** Put in place: all below the name of the page, or the lists alone while somebody still types above them. */
  readonly part: 'main' | 'lists';
  /** A new step of the way back, the same step with another address, or none (the way back itself). */
  readonly step: 'push' | 'replace' | 'none';
}

const lists = (within: ParentNode): HTMLElement[] => [...within.querySelectorAll<HTMLElement>('[data-list]')];

/** By which the element that had the keyboard is found again in what came. */
const handleOf = (element: Element | null): string | undefined => {
  if (!element || element === document.body) return undefined;
  if (element.id) return `#${CSS.escape(element.id)}`;
  const sort = element.closest('th')?.cellIndex;
  if (sort !== undefined) return `[data-list] th:nth-child(${sort + 1}) a`;
  const rel = element.getAttribute('rel');
  return rel ? `[data-list] a[rel="${CSS.escape(rel)}"]` : undefined;
};

const put = (came: Document, part: Going['part']): void => {
  const [here, there] = [document.querySelector('main'), came.querySelector('main')];
  const [own, others] = [here ? lists(here) : [], there ? lists(there) : []];
  if (!here || !there) return;
  if (part === 'lists' && own.length === others.length && own.length > 0)
    own.forEach((list, at) => {
      list.replaceWith(others[at]!);
    });
  else here.replaceChildren(...there.childNodes);
};

const here = (): string => `${location.pathname}${location.search}`;

let latest = 0;
/** What the page shows now; the address may already be another (the way back), or only have another anchor. */
let shown = here();
let asking: AbortController | undefined;

/** Said to who does not see it, in a place that is never put anew; how many there are, or why there is nothing. */
const tell = (text: string | null | undefined): void => {
  const place = document.querySelector('[data-told]');
  if (place && text) place.textContent = text;
};

const say = (text: string | undefined): void => {
  const place = document.querySelector('.list-count');
  if (place && text) place.textContent = text;
  tell(text);
};

/** Choices of language and looks come back to this address. */
const renewWaysBack = (): void => {
  for (const next of document.querySelectorAll<HTMLInputElement>(':is(header, dialog) input[name="next"]'))
    next.value = here();
};

/** Something is ticked or typed in a form within the list: it would be gone with the rows around it. */
const touched = (): boolean =>
  [
    ...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
      '[data-list] :is(input:not([type="hidden"]), textarea)',
    ),
  ].some((field) => {
    if (field.name === 'column') return false;
    if (field.type === 'checkbox') return (field as HTMLInputElement).checked;
    if (field.type === 'radio')
      return (field as HTMLInputElement).checked !== (field as HTMLInputElement).defaultChecked;
    return field.value !== field.defaultValue;
  });

const go = async (address: URL, { part, step }: Going): Promise<void> => {
  latest += 1;
  const own = latest;
  asking?.abort();
  asking = new AbortController();
  for (const list of lists(document)) list.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(address, { headers: { accept: 'text/html' }, signal: asking.signal });
    const [text, at] = [await answer.text(), new URL(answer.url)];
    if (own !== latest) return;
    // Somewhere else (the session ended), or refused: the browser shows it as a page of its own.
    if (!answer.ok || at.pathname !== location.pathname) {
      location.assign(address);
      return;
    }
    const held = handleOf(document.activeElement);
    const came = new DOMParser().parseFromString(text, 'text/html');
    put(came, part);
    document.title = came.title;
    if (step === 'push') history.pushState(null, '', at);
    if (step === 'replace') history.replaceState(null, '', at);
    shown = here();
    renewWaysBack();
    tell(document.querySelector('.list-count, [data-list] .empty-title')?.textContent);
    const found = held ? document.querySelector<HTMLElement>(held) : null;
    if (part === 'main') (found ?? document.querySelector<HTMLElement>('main'))?.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent(SHOWN));
  } catch {
    if (own !== latest) return;
    for (const list of lists(document)) list.removeAttribute('aria-busy');
    say(document.body.dataset.offline);
  }
};

const addressOf = (form: HTMLFormElement): URL => {
  const address = new URL(form.action);
  const fields = [...new FormData(form)].filter(
    (field): field is [string, string] => typeof field[1] === 'string' && field[1] !== '',
  );
  address.search = String(new URLSearchParams(fields));
  return address;
};

const searches = (form: EventTarget | null): form is HTMLFormElement =>
  form instanceof HTMLFormElement &&
  form.method === 'get' &&
  form.closest('main search') !== null &&
  new URL(form.action).pathname === location.pathname &&
  lists(document).length > 0;

const plainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;

export const renewLists = (): void => {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener('click', (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('[data-list] a[href]') : null;
    if (!link || !plainClick(event) || link.hasAttribute('download')) return;
    const address = new URL(link.href);
    if (address.origin !== location.origin || address.pathname !== location.pathname || address.hash) return;
    event.preventDefault();
    const paged = link.rel === 'next' || link.rel === 'prev';
    void go(address, { part: 'main', step: 'push' }).then(() => {
      if (paged) lists(document)[0]?.scrollIntoView();
    });
  });
  document.addEventListener('submit', (event) => {
    if (!searches(event.target)) return;
    event.preventDefault();
    clearTimeout(waiting);
    void go(addressOf(event.target), { part: 'main', step: 'push' });
  });
  document.addEventListener('input', (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field.type !== 'search' || !searches(field.form)) return;
    const { form } = field;
    clearTimeout(waiting);
    // Nothing is taken away from who has begun something below; the button still asks.
    waiting = setTimeout(() => {
      if (!touched()) void go(addressOf(form), { part: 'lists', step: 'replace' });
    }, PAUSE_MILLISECONDS);
  });
  window.addEventListener('popstate', () => {
    // A link within the page comes here, too: nothing else is asked for.
    if (here() === shown || lists(document).length === 0) return;
    void go(new URL(location.href), { part: 'main', step: 'none' });
  });
};
