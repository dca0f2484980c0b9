import { Field, Select } from '../../ui/index.ts';
import type { PageRequest } from '../page.ts';
import { textOf } from '../typed.ts';
import { ownPlaces } from './own-places.ts';

interface TextFilterProps {
  readonly request: Pick<PageRequest, 'query'>;
  readonly label: string;
  readonly hint?: string;
}

/** Words to look for in a list, `text` in its address; a script filters while somebody types. */
export const TextFilter = ({ request: { query }, label, hint }: TextFilterProps) => (
  <Field name="text" type="search" label={label} hint={hint} value={textOf(query, 'text')} />
);

/** A place among one's own, `place` in the address of the list; `empty` is what all of them are called. */
export const placeFilter = async (request: PageRequest, label: string, empty: string) => (
  <Select
    name="place"
    label={label}
    options={await ownPlaces(request)}
    empty={empty}
    value={textOf(request.query, 'place')}
  />
);
