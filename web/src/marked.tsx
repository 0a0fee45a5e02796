// A text with stretches of it marked. Offsets count characters, and JavaScript's strings count halves of some of them,
// so the text is cut up as characters.
import type { ComponentChildren } from "preact";
import { label } from "./language";
import { Foreign } from "./pieces";
import { to } from "./route";
import type { Actor, Mention } from "./types";

export interface Mark { start: number; end: number; class: string; actor?: Actor; title?: string }

export const mentionMarks = (mentions: readonly Mention[], inTitle = false): Mark[] =>
  mentions.filter((each) => each.in_title === inTitle)
    .map((each) => ({ start: each.start, end: each.end, class: `mention mention-${each.actor.kind}`, actor: each.actor }));

// Marks may lie within each other, and then the inner one is drawn within the outer; one that crosses another is cut.
export function MarkedText({ text, marks }: { text: string; marks: readonly Mark[] }) {
  const characters = Array.from(text);
  const ordered = marks.filter((mark) => mark.end > mark.start).sort((a, b) => a.start - b.start || b.end - a.end);
  return <>{nest(characters, ordered, 0, characters.length)}</>;
}

function nest(characters: string[], marks: Mark[], start: number, end: number): ComponentChildren[] {
  const pieces: ComponentChildren[] = [];
  let place = start;
  let index = 0;
  while (index < marks.length) {
    const mark = marks[index] as Mark;
    index += 1;
    if (mark.start < place || mark.start >= end) continue;
    const stop = Math.min(mark.end, end);
    const inner: Mark[] = [];
    while (index < marks.length && (marks[index] as Mark).start < stop) inner.push(marks[index++] as Mark);
    if (mark.start > place) pieces.push(<Foreign text={characters.slice(place, mark.start).join("")} />);
    pieces.push(<Marked mark={mark}>{nest(characters, inner, mark.start, stop)}</Marked>);
    place = stop;
  }
  if (place < end) pieces.push(<Foreign text={characters.slice(place, end).join("")} />);
  return pieces;
}

function Marked({ mark, children }: { mark: Mark; children: ComponentChildren }) {
  const title = mark.title ?? (mark.actor ? label(mark.actor.label, mark.actor.id) : undefined);
  if (mark.actor) return <a class={mark.class} href={to({ actor: mark.actor.id })} title={title}>{children}</a>;
  return <mark class={mark.class} title={title}>{children}</mark>;
}
