// /?view=add: an article is pasted, read, and shown with what was read in it, before anything is stored.
import { useState } from "preact/hooks";
import { Problem, ask } from "../ask";
import { say } from "../common.words";
import { FactItem } from "../facts";
import { number, speak } from "../language";
import { MarkedText, mentionMarks } from "../marked";
import { Card } from "../pieces";
import { to } from "../route";
import { useToken, withToken } from "../session";
import { Empty, Failure, Waiting } from "../states";
import type { ReadDocument } from "../types";

const words = speak({
  ar: {
    title: "أضف مقالًا", lead: "الصق نص مقال واقرأ ما يُفهم منه قبل أن يُحفظ أي شيء.", text: "النص", headline: "العنوان", published: "تاريخ النشر", source: "الوسيلة", url: "الرابط",
    read: "اقرأه", store: "احفظه", stored: "حُفظ.", replaced: "حلّ محل قراءة سابقة.", unchanged: "هو محفوظ كما هو.", open: "افتح المقال", found: "ما قُرئ فيه", none: "لم تُقرأ فيه علاقة.", signIn: "ادخل برمز الخادم (أعلى الصفحة) لتضيف مقالًا؛ والرمز هو ما شُغّل به الخادم في RAWABIT_TOKEN.", notYet: "لم يُحفظ شيء بعد.", first: "القراءة الأولى تستغرق ثواني.",
  },
  en: {
    title: "Add an article", lead: "Paste an article and see what is understood of it before anything is stored.", text: "Text", headline: "Title", published: "Published", source: "Outlet", url: "Address",
    read: "Read it", store: "Store it", stored: "It is stored.", replaced: "It replaces an earlier reading.", unchanged: "It is stored as it is already.", open: "Open the article", found: "What was read in it", none: "No relation was read in it.", signIn: "Sign in with the server's token (at the top) to add an article: it is what the server was started with in RAWABIT_TOKEN.", notYet: "Nothing is stored yet.", first: "The first reading takes some seconds.",
  },
});

export const addTitle = () => words("title");

interface Fields { text: string; title: string; published: string; source: string; url: string }
const EMPTY: Fields = { text: "", title: "", published: "", source: "", url: "" };

export function AddView() {
  const token = useToken();
  const [fields, setFields] = useState(EMPTY);
  const [read, setRead] = useState<ReadDocument | null>(null);
  const [error, setError] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (dry: boolean) => {
    setBusy(true);
    setError(null);
    const body = JSON.stringify(Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim())));
    try {
      const headers = { ...withToken(), "Content-Type": "application/json" };
      setRead(await ask<ReadDocument>("/documents", { dry_run: dry }, { method: "POST", body, headers }));
    } catch (problem) {
      setError(problem instanceof Problem ? problem : new Problem(0, "unreadable", String(problem)));
    }
    setBusy(false);
  };
  const change = (name: keyof Fields) => (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
    setFields({ ...fields, [name]: event.currentTarget.value });
    setRead(null);
  };
  return (
    <>
      <h1 class="title">{words("title")}</h1>
      <p class="lead">{words("lead")}</p>
      {!token && <p class="notice">{words("signIn")}</p>}
      <form class="card article-form" onSubmit={(event) => { event.preventDefault(); void send(true); }}>
        <label class="field wide"><b>{words("text")}</b><textarea class="text" required rows={8} dir="auto" value={fields.text} onInput={change("text")} /></label>
        <label class="field wide"><b>{words("headline")}</b><input class="text" dir="auto" value={fields.title} onInput={change("title")} /></label>
        <label class="field"><b>{words("published")}</b><input class="text" type="date" value={fields.published} onInput={change("published")} /></label>
        <label class="field"><b>{words("source")}</b><input class="text" dir="auto" value={fields.source} onInput={change("source")} /></label>
        <label class="field"><b>{words("url")}</b><input class="text" type="url" dir="ltr" value={fields.url} onInput={change("url")} /></label>
        <div class="actions">
          <button type="submit" class="button strong" disabled={busy || !token || !fields.text.trim()}>{words("read")}</button>
          {read?.outcome === "read" && <button type="button" class="button" disabled={busy} onClick={() => void send(false)}>{words("store")}</button>}
        </div>
      </form>
      {busy && <><Waiting slow={false} /><p class="rest">{words("first")}</p></>}
      {error && <Failure error={error} />}
      {read && !busy && <Read document={read} />}
    </>
  );
}

function Read({ document }: { document: ReadDocument }) {
  return (
    <section aria-live="polite">
      <p class="outcome">
        {document.outcome === "read" ? words("notYet") : words(document.outcome)}
        {document.outcome !== "read" && document.id && <> <a href={to({ document: document.id })}>{words("open")}</a></>}
      </p>
      <div class="columns">
        <Card>
          {document.title && <h2 class="headline" dir="auto"><MarkedText text={document.title} marks={mentionMarks(document.mentions, true)} /></h2>}
          <div class="article" dir="auto"><MarkedText text={document.text} marks={mentionMarks(document.mentions)} /></div>
        </Card>
        <Card title={words("found")} aside={<>{number(document.facts.length)} {say("facts")}</>}>
          {document.facts.length
            ? <ul class="facts">{document.facts.map((fact) => <FactItem key={fact.id} fact={fact} sentence={document.outcome !== "read"} />)}</ul>
            : <Empty>{words("none")}</Empty>}
        </Card>
      </div>
    </section>
  );
}
