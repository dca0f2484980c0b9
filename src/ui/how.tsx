import type { ComponentChildren } from 'preact';
import type { Say } from '../shared/words/index.ts';

/**
 * The paragraphs of `docs/how-figures-are-made.*.md`, by their anchors and in their order. A figure names the one that says
 * how it is made; a test holds list and documents together.
 */
export const howIds = [
  ...(['unit', 'stages', 'could-hear'] as const),
  ...(['rate', 'reached', 'denominator', 'earlier', 'unknown', 'declared', 'behind'] as const),
  ...(['chart', 'months', 'days', 'closed', 'boundaries', 'not-reached', 'reasons'] as const),
  ...(['across-lines', 'lines-reached', 'trend'] as const),
  ...(['work', 'plan-numbers', 'progress', 'outcome', 'heard', 'sample', 'visits', 'waiting'] as const),
  ...(['sending', 'recipients', 'readers', 'left-out', 'parts', 'states', 'not-arrived', 'replies'] as const),
  ...(['lists', 'import', 'faults', 'decisions', 'counts', 'register', 'household', 'languages', 'villages'] as const),
  'audience',
] as const;

export type HowId = (typeof howIds)[number];

/** Where the paragraph stands in the product. */
const howAddress = (id: HowId): string => `/help/figures#${id}`;

interface Shown {
  readonly say: Say;
  /** Which figures are meant, where that is not plain to who hears the link alone. */
  readonly of?: string | undefined;
  /** Beside this page, where going away would lose what somebody typed. */
  readonly apart?: boolean | undefined;
}

const Way = ({ say, id, of, apart, name }: Shown & { id: HowId; name: string }) => {
  const beside = apart ? ` (${say('help.apart')})` : '';
  return (
    <a
      href={howAddress(id)}
      {...(of || apart ? { 'aria-label': (of ? say('help.how-of', { of }) : name) + beside } : {})}
      {...(apart ? { target: '_blank', rel: 'noopener' } : {})}
    >
      {name}
    </a>
  );
};

/** Opens the paragraph about a figure. */
export const How = (props: Shown & { id: HowId }) => (
  <p class="how">
    <Way {...props} name={props.say('help.how')} />
  </p>
);

type Named = readonly [id: HowId, name: string];

/** One paragraph for all, or one for each kind of figure with the name it has on the page. Never none. */
export type HowMade = HowId | readonly [Named, ...Named[]];

/** Figures, and below them the way to what is said about how they are made. */
export const Counted = (props: Shown & { how: HowMade; children: ComponentChildren }) => {
  const { say, how, of, apart, children } = props;
  return (
    <div class="counted">
      {children}
      {typeof how === 'string' ? (
        <How say={say} id={how} of={of} apart={apart} />
      ) : (
        <p class="how">
          {say('help.how')}
          {how.map(([id, name]) => (
            <>
              {' '}
              <Way say={say} id={id} name={name} apart={apart} />
            </>
          ))}
        </p>
      )}
    </div>
  );
};
