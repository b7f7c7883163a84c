import { useAsked } from "../../api/asked";
import { Select } from "../../ui/Select";
import { useTitle } from "../../ui/useTitle";
import { ViewFrame } from "../../ui/ViewFrame";
import type { Studies } from "./questions";
import { goTo, studyView } from "./state";
import { StudyAnswer } from "./StudyAnswer";
import { StudyList } from "./StudyList";
import { useTexts } from "./texts";

/** What regression programmes were run here, and what one of them found. */
export default function StudyView() {
  const view = studyView.use();
  const t = useTexts();
  const { name, lang } = view;
  const list = useAsked<Studies>("studies", { lang }, "studies");
  const studies = list.data?.studies ?? [];
  useTitle(t("title"), studies.find((one) => one.name === name)?.title ?? name ?? "");
  const options = [{ value: "", label: t("all") }, ...studies.map((one) => ({ value: one.name, label: one.title }))];
  return (
    <ViewFrame ask={<Select label={t("of")} name="name" value={name ?? ""} options={options} onChoose={(chosen) => goTo({ name: chosen || null, show: "tables" })} />}>
      {name === null ? <StudyList list={list} lang={lang} /> : <StudyAnswer key={name} view={view} name={name} />}
    </ViewFrame>
  );
}
