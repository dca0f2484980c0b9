interface BarProps {
  /** Between 0 and 1. */
  readonly rate: number;
  readonly target: number;
  /** The same in words, for who does not see it. */
  readonly label: string;
}

const WIDTH = 96;
const HEIGHT = 10;

/** How far a rate is from its target: a bar, and a stroke where it should reach. */
export const RateBar = ({ rate, target, label }: BarProps) => {
  const at = (part: number) => Math.round(Math.min(1, Math.max(0, part)) * WIDTH * 10) / 10;
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <rect x="0" y="1" width={WIDTH} height={HEIGHT - 2} fill="currentColor" opacity="0.12" />
      <rect x="0" y="1" width={at(rate)} height={HEIGHT - 2} fill="currentColor" opacity="0.75" />
      <rect x={Math.min(at(target), WIDTH - 2)} y="0" width="2" height={HEIGHT} fill="currentColor" />
    </svg>
  );
};
