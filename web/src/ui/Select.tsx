import { useId } from "react";

interface Props {
  label: string;
  name: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChoose: (value: string) => void;
}

export function Select({ label, name, value, options, onChoose }: Props) {
  const id = useId();
  // A value that is not offered (mistyped in the address) is shown as it is, not replaced in silence.
  const all = options.some((option) => option.value === value) ? options : [{ value, label: value }, ...options];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} name={name} value={value} onChange={(event) => onChoose(event.target.value)}>
        {all.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
