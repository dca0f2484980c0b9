import { render } from 'preact-render-to-string';
import type { Frame } from '../modules/identity/index.ts';
import type { Actor } from '../platform/command.ts';
import type { Language, Say } from '../shared/words/index.ts';
import { nameFields, Shell } from '../ui/index.ts';
import type { AssetPaths } from './assets.ts';
import { destinationsOf } from './navigation.ts';
import type { View } from './page.ts';

interface Around extends AssetPaths {
  readonly say: Say;
  readonly language: Language;
  readonly csrf: string;
  /** Where the language switch comes back to. */
  readonly here: string;
  readonly actor: Actor | undefined;
  readonly frame: Frame | undefined;
}

/** The whole document of a view. */
export const renderDocument = (view: View, around: Around): string => {
  const { say, actor, frame, here } = around;
  const path = here.split('?')[0]!;
  const links = (actor ? destinationsOf(actor) : []).map(({ href, key }) => ({
    href,
    label: say(`nav.${key}`),
    current: href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`),
  }));
  const places = [
    ...new Set(actor?.grants.map((grant) => frame?.places[grant.placeId]).filter((name) => name !== undefined)),
  ];
  const shell = (
    <Shell
      say={say}
      language={around.language}
      csrf={around.csrf}
      here={here}
      stylesheet={around.stylesheet}
      icon={around.icon}
      script={view.script && around.scripts[view.script]}
      title={view.title}
      links={links}
      locality={places.length > 1 ? say('ui.shell.places', { first: places[0]!, more: places.length - 1 }) : places[0]}
      user={actor?.name}
      synthetic={frame?.synthetic ?? false}
    >
      {view.body}
    </Shell>
  );
  return `<!doctype html>${nameFields(render(shell))}`;
};
