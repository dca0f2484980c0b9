import type { Say } from '../../../shared/words/index.ts';
import { Steps } from '../../../ui/index.ts';

const ORDER = ['upload', 'mapping', 'check', 'decide', 'done'] as const;
export type ImportStep = (typeof ORDER)[number];

interface Shown {
  readonly say: Say;
  readonly at: ImportStep;
  readonly importId?: string;
  /** The mapping can still be changed, and by who looks. */
  readonly mapping?: boolean;
}

/** Upload → mapping → dry run → decide → done. */
export const ImportSteps = ({ say, at, importId, mapping = false }: Shown) => {
  const current = ORDER.indexOf(at);
  const links: Partial<Record<ImportStep, string>> =
    importId && at !== 'done'
      ? { ...(mapping ? { mapping: `/imports/${importId}/mapping` } : {}), check: `/imports/${importId}` }
      : {};
  return (
    <Steps
      label={say('page.imports.steps')}
      done={say('page.imports.step-done')}
      steps={ORDER.map((step, index) => ({
        label: say(`page.imports.step.${step}`),
        state: index < current || at === 'done' ? 'done' : index === current ? 'current' : 'ahead',
        href: index < current ? links[step] : undefined,
      }))}
    />
  );
};
