/** How much of something is used up: the browser's own meter, with the same in words beside it. */
interface MeterProps {
  /** What is measured, and how much of how much. */
  readonly label: string;
  readonly value: number;
  /** Undefined: there is no limit, and only the words are shown. */
  readonly limit: number | undefined;
}

/** From here on it is nearly used up. */
const NEARLY = 0.8;

export function Meter({ label, value, limit }: MeterProps) {
  return (
    <div class="meter">
      <p>{label}</p>
      {limit !== undefined && (
        <meter aria-label={label} value={value} max={limit || 1} high={NEARLY * limit} optimum={0} />
      )}
    </div>
  );
}
