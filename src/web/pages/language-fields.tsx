import { spokenLanguages } from '../../shared/channels.ts';
import { invalid } from '../../shared/errors.ts';
import { Checkboxes } from '../../ui/index.ts';
import type { Form, PageRequest } from '../page.ts';
import { faultAt, textsOf } from '../typed.ts';
import type { SpokenOptions } from './spoken-options.ts';

/** What is known of a household; null = nothing. */
export interface KnownLanguages {
  readonly languages: readonly string[] | null;
  readonly languagesRead: readonly string[] | null;
}

/** Nobody there reads: another thing than not knowing it. */
const NOBODY = 'none';

interface Props {
  readonly request: Pick<PageRequest, 'say' | 'typed'>;
  readonly known: KnownLanguages | undefined;
  readonly spoken: SpokenOptions;
  readonly hint?: string;
}

/** What a household understands and what it reads, with what is known of it ticked. */
export const LanguageFields = ({ request, known, spoken, hint }: Props) => {
  const { say, typed } = request;
  const sent = Object.keys(typed.values).length > 0;
  const { near, others } = spoken;
  const folded = { summary: say('page.languages.others', { count: others.length }), options: others };
  const read = known?.languagesRead ?? null;
  return (
    <>
      <Checkboxes
        name="languages"
        label={say('page.languages.understands')}
        hint={hint}
        options={near}
        folded={folded}
        compact
        values={sent ? textsOf(typed.values, 'languages') : (known?.languages ?? [])}
        error={faultAt(request, 'languages')}
      />
      <Checkboxes
        name="languagesRead"
        label={say('page.languages.reads')}
        hint={say('page.languages.reads-hint')}
        options={[...near, { value: NOBODY, label: say('page.languages.reads-none') }]}
        folded={folded}
        compact
        values={sent ? textsOf(typed.values, 'languagesRead') : read?.length === 0 ? [NOBODY] : (read ?? [])}
        error={faultAt(request, 'languagesRead')}
      />
    </>
  );
};

const spokenIn = (form: Form, name: string) => {
  const ticked = textsOf(form, name);
  return spokenLanguages.filter((each) => ticked.includes(each));
};

/** What the form says; nothing ticked under "reads" = as known before. */
export const saidOf = (form: Form) => {
  const [languages, read] = [spokenIn(form, 'languages'), spokenIn(form, 'languagesRead')];
  const nobody = textsOf(form, 'languagesRead').includes(NOBODY);
  if (nobody && read.length > 0)
    throw invalid('languages.both', {}, [{ path: 'languagesRead', code: 'languages.both' }]);
  return { languages, languagesRead: nobody || read.length > 0 ? read : null };
};

/** The same at the door, where nothing has to be said. */
export const learnedOf = (form: Form) => {
  const { languages, languagesRead } = saidOf(form);
  return { languages: languages.length > 0 ? languages : null, languagesRead };
};
