import { listSpokenLanguages } from '../../modules/registry/index.ts';
import { spokenLanguages } from '../../shared/channels.ts';
import type { Option } from '../../ui/index.ts';
import type { PageRequest } from '../page.ts';

/** Languages as a form offers them: those that people of one's own areas speak, and all others. */
export interface SpokenOptions {
  readonly near: readonly Option[];
  readonly others: readonly Option[];
}

export const spokenOptions = async ({ execute, say }: PageRequest): Promise<SpokenOptions> => {
  const spoken = await execute(listSpokenLanguages, {});
  const option = (value: string): Option => ({ value, label: say(`language.${value}`) });
  return {
    near: spoken.map(option),
    others: spokenLanguages.filter((language) => !spoken.includes(language)).map(option),
  };
};
