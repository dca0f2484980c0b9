import { Pager } from '../ui/index.ts';
import type { Form, PageRequest } from './page.ts';
import { textOf } from './typed.ts';

/** Which page of a long list is asked for, from 0. */
export const pageOf = (query: Form): number => {
  const asked = Number(textOf(query, 'page') || '1');
  return Number.isInteger(asked) && asked > 0 && asked < 100_000 ? asked - 1 : 0;
};

interface Paged {
  readonly request: Pick<PageRequest, 'url' | 'say'>;
  readonly at: number;
  /** There is something after this page. */
  readonly more: boolean;
}

/** The pager of a list, keeping what was searched for; nothing when one page holds it all. */
export const pagerOf = ({ request: { url, say }, at, more }: Paged) => {
  if (at === 0 && !more) return null;
  const link = (page: number): string => {
    const [path, query] = url.split('?');
    const params = new URLSearchParams(query);
    params.set('page', String(page + 1));
    return `${path}?${params}`;
  };
  return (
    <Pager
      label={say('ui.pager.page', { page: at + 1 })}
      previous={at > 0 ? { href: link(at - 1), label: say('ui.pager.previous') } : undefined}
      next={more ? { href: link(at + 1), label: say('ui.pager.next') } : undefined}
    />
  );
};
