// The frame that all views stand in: search, sections, language and colours above, the view, what to bear in mind below.
import { useEffect, useRef, useState } from "preact/hooks";
import { say } from "./common.words";
import { current, switchLanguage, useLanguage } from "./language";
import { Empty } from "./states";
import { to, useRoute, useTitle } from "./route";
import { Search } from "./search";
import { SignIn } from "./sign-in";
import { FactPanel } from "./views/fact";
import { VIEWS, viewOf } from "./views/registry";

export function App() {
  const language = useLanguage();
  const values = useRoute();
  const view = viewOf(values);
  const main = useRef<HTMLElement>(null);
  const place = `${view?.name} ${view?.key ? values.get(view.key) : ""}`;
  const before = useRef(place);
  useEffect(() => {
    // A new view is read from its top; a panel or a filter over the same one leaves the reader in place.
    if (before.current === place) return;
    before.current = place;
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [place]);
  useTitle(view?.title?.() ?? (view?.key ? null : ""));
  const Shown = view?.show;
  return (
    <div class="frame" key={language}>
      <a class="skip" href="#main">{say("skip")}</a>
      <Top view={view?.name ?? ""} />
      <main id="main" ref={main} tabIndex={-1} class={`wrap view-${view?.name ?? "none"}`}>
        {Shown ? <Shown key={place} values={values} /> : <Empty>{say("unknownView")}</Empty>}
      </main>
      <footer class="wrap bottom">
        <p>{say("footer")}</p>
        <a href="/openapi.json" target="_blank" rel="noopener">{say("api")}</a>
      </footer>
      {values.get("fact") && <FactPanel id={values.get("fact") as string} />}
    </div>
  );
}

function Top({ view }: { view: string }) {
  return (
    <header class="top">
      <div class="wrap topbar">
        <a class="brand" href="/"><img src="/web/icon.svg" alt="" width="30" height="30" /><b>{say("name")}</b></a>
        {view !== "overview" && <Search />}
        <nav aria-label={say("menu")}>
          {VIEWS.filter((each) => each.menu).map((each) => (
            <a key={each.name} href={to({ view: each.name })} aria-current={each.name === view ? "page" : undefined}>{each.title?.()}</a>
          ))}
        </nav>
        <div class="switches">
          <SignIn />
          <ThemeSwitch />
          <button type="button" class="quiet" lang={current() === "ar" ? "en" : "ar"} title={say("switchLanguageLong")} onClick={switchLanguage}>
            {say("switchLanguage")}
          </button>
        </div>
      </div>
    </header>
  );
}

function ThemeSwitch() {
  const dark = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const [isDark, setDark] = useState(dark);
  const change = () => {
    const theme = dark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    try { localStorage.setItem("theme", theme); } catch { /* a browser that keeps nothing */ }
    setDark(theme === "dark");
    dispatchEvent(new Event("themechange"));
  };
  return (
    <button type="button" class="quiet icon" aria-label={say("theme")} title={say("theme")} aria-pressed={isDark} onClick={change}>
      <svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="7" /><path d="M10 3a7 7 0 0 1 0 14z" class="half" /></svg>
    </button>
  );
}
