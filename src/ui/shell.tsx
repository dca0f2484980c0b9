import type { ComponentChildren } from 'preact';
import type { Language, Say } from '../shared/words/index.ts';
import { Form } from './form.tsx';

interface Link {
  readonly href: string;
  readonly label: string;
  readonly current: boolean;
}

interface ShellProps {
  readonly say: Say;
  readonly language: Language;
  readonly csrf: string;
  /** Path and query of this page: the language switch comes back to it. */
  readonly here: string;
  readonly stylesheet: string;
  readonly icon: string;
  /** Address of a module of ours, on the pages that have one. */
  readonly script?: string | undefined;
  readonly title: string;
  readonly links: readonly Link[];
  readonly locality: string | undefined;
  /** Name of who is signed in. */
  readonly user: string | undefined;
  /** The people and households here are invented; then every page says so, on paper too. */
  readonly synthetic: boolean;
  readonly children: ComponentChildren;
}

/** The frame of every page, from `<html>` on. */
export const Shell = (props: ShellProps) => {
  const { say, language, title, links, synthetic, children } = props;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · Lan Tỏa`}</title>
        <link rel="stylesheet" href={props.stylesheet} />
        <link rel="icon" type="image/svg+xml" href={props.icon} />
        {props.script && <script type="module" src={props.script} />}
      </head>
      <body>
        <a class="skip" href="#main">
          {say('ui.shell.skip')}
        </a>
        <header>
          {synthetic && <p class="synthetic">{say('ui.shell.synthetic')}</p>}
          <Top {...props} />
        </header>
        {links.length > 0 && (
          <nav class="nav" aria-label={say('ui.shell.nav')}>
            <ul>
              {links.map(({ href, label, current }) => (
                <li>
                  <a href={href} {...(current ? { 'aria-current': 'page' as const } : {})}>
                    {label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </body>
    </html>
  );
};

const Top = ({ say, language, csrf, here, locality, user }: ShellProps) => (
  <div class="top">
    <div class="top-name">
      <a class="brand" href="/">
        Lan Tỏa
      </a>
      {locality && <span class="locality">{locality.charAt(0).toLocaleUpperCase('vi') + locality.slice(1)}</span>}
    </div>
    <div class="top-tools">
      <Form action="/language" csrf={csrf}>
        <input type="hidden" name="language" value={language === 'vi' ? 'en' : 'vi'} />
        <input type="hidden" name="next" value={here} />
        <button class="quiet" type="submit" lang={language === 'vi' ? 'en' : 'vi'}>
          {language === 'vi' ? 'English' : 'Tiếng Việt'}
        </button>
      </Form>
      {user && (
        <details class="user">
          <summary>
            <span class="user-name">{user}</span>
          </summary>
          <div class="user-menu">
            <a href="/account">{say('nav.account')}</a>
            <Form action="/sign-out" csrf={csrf}>
              <button class="quiet" type="submit">
                {say('ui.shell.sign-out')}
              </button>
            </Form>
          </div>
        </details>
      )}
    </div>
  </div>
);
