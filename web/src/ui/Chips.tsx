import { useSay } from "../i18n";

interface Props {
  label: string;
  chips: readonly { code: string; name: string }[];
  onRemove: (code: string) => void;
}

/** What has been put together, one by one; each can be taken out again. */
export function Chips({ label, chips, onRemove }: Props) {
  const t = useSay();
  if (chips.length === 0) return null;
  return (
    <ul className="chips" aria-label={label}>
      {chips.map(({ code, name }) => (
        <li key={code}>
          <span title={code}>{name}</span>
          <button type="button" aria-label={t("chips.remove", { name })} onClick={() => onRemove(code)}>
            ×
          </button>
        </li>
      ))}
    </ul>
  );
}
