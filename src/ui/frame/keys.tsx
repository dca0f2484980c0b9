import type { Say } from '../../shared/words/index.ts';
import { Dialog } from '../dialog.tsx';
import { Form } from '../forms/form.tsx';
import type { NavGroup } from './nav.tsx';

interface KeysProps {
  readonly say: Say;
  readonly csrf: string;
  readonly here: string;
  readonly groups: readonly NavGroup[];
  /** Whether keys do anything now. */
  readonly on: boolean;
  readonly open?: boolean;
}

const Key = ({ children }: { children: string }) => <kbd>{children}</kbd>;

/** What each key does. Opened by `?`, and by a button in the menu of the person, which is there when keys are turned off, too. */
export const Keys = ({ say, csrf, here, groups, on, open }: KeysProps) => (
  <Dialog id="keys" title={say('ui.keys.title')} close={say('ui.keys.close')} {...(open ? { open } : {})}>
    <dl class="keys">
      <div>
        <dt>
          <Key>/</Key>
        </dt>
        <dd>{say('ui.keys.search')}</dd>
      </div>
      <div>
        <dt>
          <Key>?</Key>
        </dt>
        <dd>{say('ui.keys.help')}</dd>
      </div>
      {groups
        .flatMap(({ links }) => links)
        .map(({ key, label }) => (
          <div>
            <dt>
              <Key>g</Key> <Key>{key}</Key>
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
    </dl>
    <Form action="/keys" csrf={csrf}>
      <input type="hidden" name="next" value={here} />
      <input type="hidden" name="keys" value={on ? 'off' : 'on'} />
      <button class="button secondary" type="submit">
        {say(on ? 'ui.keys.off' : 'ui.keys.on')}
      </button>
    </Form>
  </Dialog>
);
