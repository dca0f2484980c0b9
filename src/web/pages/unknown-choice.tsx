import { Alert } from '../../ui/index.ts';
import type { PageRequest } from '../page.ts';
import { textOf } from '../typed.ts';

interface Props {
  readonly request: Pick<PageRequest, 'say' | 'query'>;
  readonly name: string;
  readonly known: readonly string[];
}

/** Says that what the address asks for under a name is none of the choices there, so that nobody takes all for some. */
export const UnknownChoice = ({ request: { say, query }, name, known }: Props) => {
  const asked = textOf(query, name).trim();
  return asked === '' || known.includes(asked) ? null : (
    <Alert tone="warning">
      <p>{say('ui.unknown-choice', { asked: asked.slice(0, 40) })}</p>
    </Alert>
  );
};
