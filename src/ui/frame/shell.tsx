import type { ComponentChildren } from 'preact';
import type { Language, Say } from '../../shared/words/index.ts';
import { Form } from '../forms/form.tsx';
import { LadderPatterns } from '../ladder/patterns.tsx';
import { Keys } from './keys.tsx';
import { Mark } from './mark.tsx';
import { Menu, type NavGroup, Side } from './nav.tsx';
import { type Theme, themes } from './theme.ts';

interface ShellProps {
  readonly say: Say;
  readonly language: Language;
  readonly theme: Theme;
  /** Whether single keys do something. */
  readonly keys: boolean;
  readonly csrf: string;
  /** Path and query of this page: a choice of language or looks comes back to it. */
  readonly here: string;
  readonly stylesheet: string;
  readonly dark: string;
  readonly icon: string;
  /** Addresses of modules of ours. */
  readonly scripts: readonly string[];
  readonly title: string;
  /** Where this person may go; none for who is not signed in. */
  readonly groups: readonly NavGroup[];
  readonly locality: string | undefined;
  /** Name of who is signed in. */
  readonly user: string | undefined;
  /** The people and households here are invented; then every page says so, on paper too. */
  readonly synthetic: boolean;
  readonly children: ComponentChildren;
}

/** Paper is always light. */
const DARK_ON: Readonly<Record<Theme, string | undefined>> = {
  light: undefined,
  dark: 'screen',
  auto: 'screen and (prefers-color-scheme: dark)',
};

/** The frame of every page, from `<html>` on. */
export const Shell = (props: ShellProps) => {
  const { say, language, title, groups, synthetic, children } = props;
  const dark = DARK_ON[props.theme];
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · Lan Tỏa`}</title>
        <link rel="stylesheet" href={props.stylesheet} />
        {dark && <link rel="stylesheet" href={props.dark} media={dark} />}
        <link rel="icon" type="image/svg+xml" href={props.icon} />
        {props.scripts.map((src) => (
          <script type="module" src={src} />
        ))}
      </head>
      <body
        class={groups.length > 0 ? 'desk' : ''}
        data-keys={props.keys ? 'on' : 'off'}
        data-offline={say('ui.offline')}
      >
        <header>
          <a class="skip" href="#main">
            {say('ui.shell.skip')}
          </a>
          {synthetic && <p class="synthetic">{say('ui.shell.synthetic')}</p>}
          <Top {...props} />
          {groups.length > 0 && <Menu say={say} groups={groups} />}
        </header>
        {groups.length > 0 && <LadderPatterns />}
        {groups.length > 0 && <Side say={say} groups={groups} />}
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        {/* What a script changed on the page is told here: a place that is never put anew. */}
        {groups.length > 0 && <p class="hidden" role="status" data-told />}
        {groups.length > 0 && <Keys {...props} on={props.keys} />}
      </body>
    </html>
  );
};

const Top = (props: ShellProps) => {
  const { say, language, csrf, here, locality, user } = props;
  return (
    <div class="top">
      <div class="top-name">
        <a class="brand" href="/">
          <Mark />
          Lan Tỏa
        </a>
        {locality && <span class="locality">{locality.charAt(0).toLocaleUpperCase('vi') + locality.slice(1)}</span>}
      </div>
      <div class="top-tools">
        {user && <a href="/help">{say('nav.help')}</a>}
        <Form action="/language" csrf={csrf}>
          <input type="hidden" name="language" value={language === 'vi' ? 'en' : 'vi'} />
          <input type="hidden" name="next" value={here} />
          <button class="quiet" type="submit" lang={language === 'vi' ? 'en' : 'vi'}>
            {language === 'vi' ? 'English' : 'Tiếng Việt'}
          </button>
        </Form>
        {user && <Person {...props} user={user} />}
      </div>
    </div>
  );
};

const Person = ({ say, csrf, here, theme, user }: ShellProps & { user: string }) => (
  <details class="user">
    <summary>
      <span class="user-name">{user}</span>
    </summary>
    <div class="user-menu">
      <a href="/account">{say('nav.account')}</a>
      <a href="/help">{say('nav.help')}</a>
      {/* Nothing to open without a script. */}
      <button class="quiet" type="button" data-opens="keys" hidden>
        {say('ui.keys.title')}
      </button>
      <Form action="/theme" csrf={csrf}>
        <input type="hidden" name="next" value={here} />
        <fieldset class="themes">
          <legend>{say('ui.theme.title')}</legend>
          {themes.map((each) => (
            <button class="quiet" type="submit" name="theme" value={each} aria-pressed={each === theme}>
              {say(`ui.theme.${each}`)}
            </button>
          ))}
        </fieldset>
      </Form>
      <Form action="/sign-out" csrf={csrf}>
        <button class="quiet" type="submit">
          {say('ui.shell.sign-out')}
        </button>
      </Form>
    </div>
  </details>
);
