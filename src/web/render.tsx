import { render } from 'preact-render-to-string';
import type { Frame } from '../modules/identity/index.ts';
import type { Actor } from '../platform/command.ts';
import type { Say } from '../shared/words/index.ts';
import { nameFields, Shell } from '../ui/index.ts';
import type { AssetPaths } from './assets.ts';
import type { Choices } from './choices.ts';
import { groupsOf } from './navigation.ts';
import type { View } from './page.ts';

interface Around extends AssetPaths {
  readonly say: Say;
  readonly choices: Choices;
  readonly csrf: string;
  /** Where the language switch comes back to. */
  readonly here: string;
  readonly actor: Actor | undefined;
  readonly frame: Frame | undefined;
}

/** The modules that a page runs: those of the desk for who is signed in, and its own. */
export const scriptsOf = ({ script }: View, actor: Actor | undefined): readonly (keyof AssetPaths['scripts'])[] => [
  ...(actor ? (['desk'] as const) : []),
  ...(script ? [script] : []),
];

/** The whole document of a view. */
export const renderDocument = (view: View, around: Around): string => {
  const { say, actor, frame, here } = around;
  const path = here.split('?')[0]!;
  const groups = (actor ? groupsOf(actor) : []).map(({ name: group, destinations }) => ({
    label: group === 'today' ? undefined : say(`nav.group.${group}`),
    links: destinations.map(({ href, name, key }) => ({
      ...{ href, key, label: say(`nav.${name}`) },
      current: href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`),
    })),
  }));
  const places = [
    ...new Set(actor?.grants.map((grant) => frame?.places[grant.placeId]).filter((name) => name !== undefined)),
  ];
  const shell = (
    <Shell
      say={say}
      language={around.choices.language}
      theme={around.choices.theme}
      keys={around.choices.keys}
      csrf={around.csrf}
      here={here}
      stylesheet={around.stylesheet}
      dark={around.dark}
      icon={around.icon}
      scripts={scriptsOf(view, actor).map((name) => around.scripts[name])}
      title={view.title}
      groups={groups}
      locality={places.length > 1 ? say('ui.shell.places', { first: places[0]!, more: places.length - 1 }) : places[0]}
      user={actor?.name}
      synthetic={frame?.synthetic ?? false}
    >
      {view.body}
    </Shell>
  );
  return `<!doctype html>${nameFields(render(shell))}`;
};
