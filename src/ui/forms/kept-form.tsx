import type { Say } from '../../shared/words/index.ts';
import { Actions, Button, LinkButton } from '../button.tsx';
import { Alert } from '../notices.tsx';

/** What a form that is kept while somebody types has to know; `keptForm` of the web makes it. */
export interface KeptForm {
  /** Where it stands; opened there with `?draft=`, what was kept stands in it again. */
  readonly path: string;
  /** Under which id it is kept. */
  readonly draftId: string;
  readonly say: Say;
  /** Typed here before and never sent: when, and the address that opens it. */
  readonly earlier: {
    readonly draftId: string;
    readonly open: string;
    readonly time: string;
    readonly day: string;
  } | null;
}

/** Above a form: there is something typed before, to go on with or to drop. Both work without scripts. */
export const EarlierDraft = ({ keep: { say, path, earlier }, csrf }: { keep: KeptForm; csrf: string }) =>
  earlier && (
    <Alert tone="info">
      <p>{say('ui.draft.earlier', { time: earlier.time, day: earlier.day })}</p>
      <Actions>
        <LinkButton href={earlier.open}>{say('ui.draft.open')}</LinkButton>
        <form method="post" action="/drafts/drop" noValidate data-drop-draft>
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="dropped" value={earlier.draftId} />
          <input type="hidden" name="back" value={path} />
          <Button look="secondary">{say('ui.draft.drop')}</Button>
        </form>
      </Actions>
    </Alert>
  );

/** Below a form: whether what stands in it is kept. Empty until a script has something to say; its sentences wait in it. */
export const DraftState = ({ say }: { say: Say }) => (
  <p
    class="hint"
    role="status"
    data-draft-state
    data-keeping={say('ui.draft.keeping')}
    data-kept={say('ui.draft.kept')}
    data-offline={say('ui.draft.offline')}
    data-failed={say('ui.draft.failed')}
    data-signed-out={say('ui.draft.signed-out')}
    data-too-large={say('ui.draft.too-large')}
    data-unsent={say('ui.draft.unsent')}
  />
);
