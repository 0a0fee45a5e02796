// Which language the page speaks, and how numbers, dates and names are written in it.
import { useEffect, useState } from "preact/hooks";
import type { Labels } from "./types";

export type Language = "ar" | "en";

const listeners = new Set<() => void>();
let language: Language = document.documentElement.lang === "en" ? "en" : "ar";
let locale = localeOf(language);

// The reader's own country's way of writing where the browser tells it: ar-MA has 2024, ar-EG has ٢٠٢٤.
function localeOf(chosen: Language): string {
  const own = navigator.languages.find((each) => each.startsWith(`${chosen}-`));
  return own ?? (chosen === "ar" ? "ar-EG" : "en-GB");
}

export const current = (): Language => language;

export function switchLanguage(): void {
  language = language === "ar" ? "en" : "ar";
  locale = localeOf(language);
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
  try { localStorage.setItem("language", language); } catch { /* a browser that keeps nothing */ }
  for (const listener of listeners) listener();
}

// A component that uses this is drawn anew when the language changes.
export function useLanguage(): Language {
  const [now, setNow] = useState(language);
  useEffect(() => {
    const listener = () => setNow(language);
    listeners.add(listener);
    return () => { listeners.delete(listener); };
  }, []);
  return now;
}

// A view's own words in both languages; a word that is missing in one of them is an error of the compiler.
export function speak<Words extends Record<string, string>>(words: { ar: Words; en: Record<keyof Words, string> }) {
  return (key: keyof Words & string): string => words[language][key] ?? key;
}

export const number = (value: number): string => new Intl.NumberFormat(locale).format(value);

export const percent = (share: number): string => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(share);

export const short = (value: number): string =>
  new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(value);

// A date as precise as it is known: YYYY, YYYY-MM or YYYY-MM-DD.
export function date(text: string | null | undefined, style: "long" | "medium" = "medium"): string {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(text ?? "");
  if (!parts) return text ?? "";
  const [, year, month, day] = parts;
  const moment = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  // A month is named, since 01/02 means two things to two readers.
  const named = style === "long" || language === "ar" ? "long" : "short";
  const form: Intl.DateTimeFormatOptions = day ? { year: "numeric", month: named, day: "numeric" } : month ? { year: "numeric", month: "long" } : { year: "numeric" };
  return new Intl.DateTimeFormat(locale, { ...form, timeZone: "UTC", calendar: "gregory" }).format(moment);
}

// From when to when, as one text; whichever end is not known is left open.
export function span(first: string | null | undefined, last: string | null | undefined): string {
  if (!first && !last) return "";
  if (first === last) return date(first);
  return `${first ? date(first) : "…"} – ${last ? date(last) : "…"}`;
}

export const label = (labels: Labels | null | undefined, fallback: string): string =>
  withoutControls(labels?.[language] ?? labels?.[language === "ar" ? "en" : "ar"] ?? fallback);

export const otherLabel = (labels: Labels): string | null => labels[language === "ar" ? "en" : "ar"];

// Marks that turn the direction of what follows: in a name they do nothing but mischief.
export const CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
export const withoutControls = (text: string): string => text.replace(CONTROLS, "");
