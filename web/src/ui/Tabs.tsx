interface Props<T extends string> {
  label: string;
  tabs: readonly { id: T; name: string; count?: number }[];
  shown: T;
  onShow: (id: T) => void;
}

/** A few ways to look at the same answer; one at a time. */
export function Tabs<T extends string>({ label, tabs, shown, onShow }: Props<T>) {
  return (
    <div className="tabs switch" role="group" aria-label={label}>
      {tabs.map(({ id, name, count }) => (
        <button key={id} type="button" aria-pressed={id === shown} onClick={() => onShow(id)}>
          {name}
          {count !== undefined && count > 0 && <span className="count">{count}</span>}
        </button>
      ))}
    </div>
  );
}
