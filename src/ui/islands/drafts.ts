/**
 * What the desk does for long forms while somebody types: keeps what stands in them on the server (never in this browser:
 * forms tell of households, and offices share machines), says whether it is kept, sends nothing while there is no line, and
 * sends nothing twice. Without it every form works as well. Runs in the browser.
 */

/** Milliseconds: after the last letter; at most while typing; until it is said that it is being kept; until a page must be gone. */
interface Pace {
  readonly quiet: number;
  readonly longest: number;
  readonly slow: number;
  readonly leave: number;
  /** How long nobody answers before it counts as no line. */
  readonly answer: number;
  /** Between one try and the next when it did not work; the last holds from then on. */
  readonly retry: readonly number[];
}

const PACE: Pace = {
  quiet: 3000,
  longest: 15_000,
  slow: 700,
  leave: 10_000,
  answer: 20_000,
  retry: [5000, 10_000, 20_000, 40_000, 60_000],
};

/** A browser carries no more than 64 KiB past the end of a page. */
const MOST_PAST_THE_END = 60_000;

/** What a form would send, as texts: neither the token, nor passwords, nor files. */
const textsIn = (form: HTMLFormElement): Record<string, string | string[]> => {
  const secret = [...form.querySelectorAll<HTMLInputElement>('input[type=password]')].map(({ name }) => name);
  const texts = new Map<string, string | string[]>();
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== 'string' || name === 'csrf' || name === 'draft' || secret.includes(name)) continue;
    const known = texts.get(name);
    texts.set(name, known === undefined ? value : [known, value].flat());
  }
  return Object.fromEntries(texts);
};

const hiddenValue = (form: HTMLFormElement, name: string): string =>
  form.querySelector<HTMLInputElement>(`input[type=hidden][name=${name}]`)?.value ?? '';

type Sentence = 'keeping' | 'kept' | 'offline' | 'failed' | 'signedOut' | 'tooLarge' | 'unsent';

/** The line below the form; its sentences came with the page. Only what changed is written: a screen reader tells each change. */
const teller = (form: HTMLFormElement) => {
  const line = form.querySelector<HTMLElement>('[data-draft-state]');
  return (sentence: Sentence, time = ''): void => {
    const text = (line?.dataset[sentence] ?? '').replace('{time}', time);
    if (line && line.textContent !== text) line.textContent = text;
  };
};

interface Keeper {
  /** Something was typed. */
  typed(): void;
  /** Keeps at once what is not kept yet; what the browser carries on doing when the page goes. */
  flush(): void;
  /** There is a line again. */
  retry(): void;
  /** The form is being sent: nothing is kept any more, until `stays`. */
  leaves(): void;
  stays(): void;
  /** Somebody wants to send it: says so and is false when that would lead into nothing. Asked once more it lets go. */
  maySend(): boolean;
  /** What stands in the form is nowhere else. */
  endangered(): boolean;
}

const keeperOf = (form: HTMLFormElement, pace: Pace): Keeper => {
  const tell = teller(form);
  let [changed, busy, leaving, begun, troubled] = [false, false, false, false, false];
  // No line when it was last tried, whatever the browser thinks of it; and somebody has been told that nothing was sent.
  let [cut, held] = [false, false];
  let latest = 0;
  let since: number | undefined;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const later = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(false), milliseconds);
  };
  const plan = (): void => {
    since ??= performance.now();
    later(Math.max(0, Math.min(pace.quiet, since + pace.longest - performance.now())));
  };
  const notKept = (sentence: Sentence): void => {
    [changed, troubled] = [true, true];
    // A page that goes breaks off what it asks for; that says nothing of the line.
    if (!leaving) tell(held ? 'unsent' : sentence);
  };
  const again = (sentence: Sentence): void => {
    notKept(sentence);
    const wait = pace.retry[Math.min(failures, pace.retry.length - 1)] ?? pace.longest;
    failures += 1;
    if (!leaving) later(wait);
  };
  const send = (body: string, end: boolean): Promise<Response> =>
    fetch('/drafts', {
      ...{ method: 'POST', body, headers: { 'content-type': 'application/json' }, redirect: 'error' },
      keepalive: end && new Blob([body]).size < MOST_PAST_THE_END,
      signal: AbortSignal.timeout(pace.answer),
    });
  const heard = async (response: Response): Promise<void> => {
    if (response.ok) {
      const { time } = (await response.json()) as { time: string };
      [failures, begun, troubled, cut, held] = [0, true, false, false, false];
      return tell('kept', time);
    }
    // Dropped meanwhile, or a day old: it begins anew.
    if (response.status === 404) begun = false;
    if (response.status === 401 || response.status === 403) return notKept('signedOut');
    if (response.status === 413 || response.status === 422) return notKept('tooLarge');
    return again('failed');
  };
  const save = async (end: boolean): Promise<void> => {
    clearTimeout(timer);
    if (!changed) return;
    if (busy && !end) return plan();
    [changed, busy, since] = [false, true, undefined];
    const about = { csrf: hiddenValue(form, 'csrf'), draft: hiddenValue(form, 'draft'), path: form.dataset.keep ?? '' };
    const slow = setTimeout(() => tell('keeping'), pace.slow);
    latest += 1;
    const own = latest;
    try {
      const response = await send(JSON.stringify({ ...about, begun, form: textsIn(form) }), end);
      if (own === latest) await heard(response);
    } catch {
      cut = true;
      if (own === latest) again('offline');
    } finally {
      clearTimeout(slow);
      if (own === latest) busy = false;
    }
  };

  return {
    typed: () => {
      changed = true;
      if (!leaving) plan();
    },
    flush: () => {
      if (!leaving || begun) void save(true);
    },
    retry: () => {
      if (failures > 0 && changed) void save(false);
    },
    leaves: () => {
      clearTimeout(timer);
      // A first save might come after the form itself, and bring back as a draft what was sent.
      if (begun) void save(true);
      leaving = true;
    },
    stays: () => {
      leaving = false;
      if (changed) plan();
    },
    maySend: () => {
      const stopped = !navigator.onLine || (cut && troubled && !held);
      if (stopped) {
        held = true;
        tell('unsent');
      }
      return !stopped;
    },
    endangered: () => changed && troubled && !leaving,
  };
};

/** A draft that is not wanted goes without the page going: what was typed meanwhile stays. */
const dropQuietly = async (form: HTMLFormElement): Promise<void> => {
  const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
  const address = form.getAttribute('action') ?? '';
  const dropped = await fetch(address, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' }).then(
    ({ type }) => type === 'opaqueredirect',
    () => false,
  );
  // Asked once more in the ordinary way, which shows what is wrong; without a line nothing is risked.
  if (!dropped) return navigator.onLine ? form.submit() : undefined;
  const page = form.ownerDocument;
  form.closest('[role=status]')?.remove();
  page.querySelector<HTMLElement>('form[data-keep] :is(input:not([type=hidden]), textarea, select)')?.focus();
};

/** Sends a form once: a second press does nothing until the page has gone, or has had the time to. */
const sendOnce = (page: Document, keeperFor: (form: HTMLFormElement) => Keeper | undefined, pace: Pace): void => {
  const sending = new Map<HTMLFormElement, ReturnType<typeof setTimeout>>();
  const mark = (form: HTMLFormElement, sent: boolean): void => {
    for (const button of form.querySelectorAll('button:not([type=button])'))
      if (sent) button.setAttribute('aria-disabled', 'true');
      else button.removeAttribute('aria-disabled');
  };
  const free = (form: HTMLFormElement): void => {
    clearTimeout(sending.get(form));
    sending.delete(form);
    mark(form, false);
    keeperFor(form)?.stays();
  };
  page.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.getAttribute('method') !== 'post' || event.defaultPrevented) return;
    const keeper = keeperFor(form);
    if (form.dataset.dropDraft !== undefined) {
      event.preventDefault();
      void dropQuietly(form);
    } else if (sending.has(form)) event.preventDefault();
    else if (keeper && !keeper.maySend()) event.preventDefault();
    else {
      keeper?.leaves();
      sending.set(
        form,
        setTimeout(() => free(form), pace.leave),
      );
      mark(form, true);
    }
  });
  // Back from the next page, as it was left.
  page.defaultView?.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) for (const form of [...sending.keys()]) free(form);
  });
};

/**
 * Looks after every form that is marked `data-keep`, also one that comes later without the page going; sends every form that
 * changes something once.
 */
export const keepDrafts = (page: Document, pace: Pace = PACE): void => {
  const keepers = new Map<HTMLFormElement, Keeper>();
  const keeperFor = (form: HTMLFormElement | null): Keeper | undefined => {
    if (form?.dataset.keep === undefined) return undefined;
    const keeper = keepers.get(form) ?? keeperOf(form, pace);
    keepers.set(form, keeper);
    return keeper;
  };
  const typed = ({ target }: Event): void => {
    if (target instanceof Element) keeperFor(target.closest('form'))?.typed();
  };
  const all = (what: 'flush' | 'retry') => (): void => {
    for (const keeper of keepers.values()) keeper[what]();
  };
  page.addEventListener('input', typed);
  page.addEventListener('change', typed);
  page.addEventListener('visibilitychange', () => page.visibilityState === 'hidden' && all('flush')());
  page.defaultView?.addEventListener('pagehide', all('flush'));
  page.defaultView?.addEventListener('online', all('retry'));
  page.defaultView?.addEventListener('beforeunload', (event) => {
    if ([...keepers.values()].some((keeper) => keeper.endangered())) event.preventDefault();
  });
  sendOnce(page, keeperFor, pace);
};
