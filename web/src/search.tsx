// The search box: actors as one types, in either script, chosen by mouse or by keys (the combobox pattern of ARIA).
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { useAnswer } from "./ask";
import { say } from "./common.words";
import { label, otherLabel, short, useLanguage } from "./language";
import { KindTag } from "./pieces";
import { go, to } from "./route";
import type { FoundActor, Page } from "./types";

const PAUSE = 120;
const MOST = 8;

export interface SearchProps {
  large?: boolean;
  start?: string;
  hint?: string;
  onChoose?: (actor: FoundActor) => void; // what to do with an actor instead of opening it
}

// The text as it was a moment ago: a question for every word, not for every letter.
export function usePaused(text: string, pause = PAUSE): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text, pause]);
  return settled;
}

export function Search({ large = false, start = "", hint, onChoose }: SearchProps) {
  const language = useLanguage();
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(start);
  const [open, setOpen] = useState(false);
  const [marked, setMarked] = useState(-1);
  const asked = usePaused(text.trim());
  const found = useAnswer<Page<FoundActor>>(open && asked ? "/actors" : null, { q: asked, limit: MOST });
  const items = asked ? (found.data?.items ?? []) : [];
  const fresh = !found.busy && asked === text.trim();
  useEffect(() => setMarked(-1), [asked]);

  const leave = () => { setOpen(false); setMarked(-1); };
  const choose = (actor: FoundActor) => {
    leave();
    if (onChoose) { setText(label(actor.label, actor.id)); onChoose(actor); return; }
    setText("");
    box.current?.blur();
    go(to({ actor: actor.id }));
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const chosen = items[marked] ?? (fresh && items.length === 1 ? items[0] : undefined);
    if (chosen) choose(chosen);
    else if (onChoose) { if (fresh && items[0]) choose(items[0]); }
    else if (text.trim()) { leave(); box.current?.blur(); go(to({ q: text.trim() })); }
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") { if (open) event.preventDefault(); leave(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    setOpen(true);
    if (items.length) setMarked((before) => (before + (event.key === "ArrowDown" ? 1 : before < 0 ? 0 : -1) + items.length) % items.length);
  };
  const shown = open && text.trim() !== "";
  return (
    <form class={large ? "search large" : "search"} role="search" onSubmit={submit}
      onFocusOut={(event) => { if (!event.currentTarget.contains(event.relatedTarget as globalThis.Node | null)) leave(); }}>
      <label class="hidden" for={`${id}-box`}>{hint ?? say("search")}</label>
      <svg class="lens" viewBox="0 0 20 20" aria-hidden="true"><circle cx="8.5" cy="8.5" r="5.5" /><path d="m13 13 5 5" /></svg>
      <input ref={box} id={`${id}-box`} name="q" type="search" autocomplete="off" spellcheck={false} maxLength={200} value={text}
        dir={text ? "auto" : language === "ar" ? "rtl" : "ltr"} placeholder={hint ?? say("searchHint")}
        list={undefined} role="combobox" aria-autocomplete="list" aria-expanded={shown} aria-controls={`${id}-list`}
        aria-activedescendant={marked >= 0 ? `${id}-${marked}` : undefined}
        onInput={(event) => { setText(event.currentTarget.value); setOpen(true); }} onFocus={() => setOpen(true)} onKeyDown={press} />
      <div class="found" hidden={!shown}>
        <ul id={`${id}-list`} role="listbox" aria-label={say("results")}>
          {items.map((actor, index) => (
            <li key={actor.id} id={`${id}-${index}`} role="option" aria-selected={index === marked}
              onMouseDown={(event) => { event.preventDefault(); choose(actor); }} onMouseMove={() => setMarked(index)}>
              <Found actor={actor} />
            </li>
          ))}
        </ul>
        {found.error && <p class="found-note" role="alert">{found.error.status ? found.error.message : say("unreachable")}</p>}
        {!found.error && !items.length && <p class="found-note" role="status">{say(fresh ? "nobody" : found.slow ? "slow" : "loading")}</p>}
      </div>
    </form>
  );
}

function Found({ actor }: { actor: FoundActor }) {
  const other = otherLabel(actor.label);
  const name = label(actor.label, actor.id);
  return (
    <>
      <span class="found-names"><bdi>{name}</bdi>{other && other !== name && <small><bdi>{other}</bdi></small>}</span>
      <KindTag kind={actor.kind} />
      <span class="count">{short(actor.facts)} <small>{say("facts")}</small></span>
    </>
  );
}
