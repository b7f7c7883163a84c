import { useState } from "react";
import type { Weights } from "../../scoring/score";
import { Chips } from "../../ui/Chips";
import { removeProfile, saveProfile, useProfiles } from "./profiles";
import { useTexts } from "./texts";

/** Keeps the weights of this moment under a name. */
export function ProfileSaver({ weights }: { weights: Weights }) {
  const t = useTexts();
  const profiles = useProfiles();
  const [name, setName] = useState("");
  return (
    <details className="profiles">
      <summary>{t("profile.save")}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") saveProfile(name.trim(), weights);
          setName("");
        }}
      >
        <input type="text" name="profile" aria-label={t("profile.name")} placeholder={t("profile.name")} maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
        <button type="submit" className="button">
          {t("profile.keep")}
        </button>
      </form>
      <Chips label={t("profile.save")} chips={profiles.map((one) => ({ code: one.name, name: one.name }))} onRemove={removeProfile} />
      <p className="muted small">{t("profile.note")}</p>
    </details>
  );
}
