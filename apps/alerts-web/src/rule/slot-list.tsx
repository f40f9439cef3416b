import { Timestamp } from "../shared/timestamp.tsx";

interface SlotListProps {
  readonly title: string;
  readonly slots: readonly string[];
}

/** Times at which a rule runs. */
export const SlotList = ({ title, slots }: SlotListProps) => (
  <div className="slots">
    <h3>{title}</h3>
    {slots.length === 0 ? (
      <p>None: it never runs.</p>
    ) : (
      <ol>
        {slots.map((slot) => (
          <li key={slot}>
            <Timestamp value={slot} />
          </li>
        ))}
      </ol>
    )}
  </div>
);
