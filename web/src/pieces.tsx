// Small pieces that all views are built of: names, kinds, statuses, cards, foreign text.
import type { ComponentChildren } from "preact";
import { say } from "./common.words";
import { CONTROLS, label } from "./language";
import { to } from "./route";
import type { Actor, Kind, Status } from "./types";

// A link to an actor. <bdi> keeps a Latin name from turning an Arabic line around, and the other way.
export function ActorName({ actor, plain = false }: { actor: Actor; plain?: boolean }) {
  const name = <bdi>{label(actor.label, actor.id)}</bdi>;
  return plain ? name : <a class="actor" href={to({ actor: actor.id })}>{name}</a>;
}

export const KindTag = ({ kind }: { kind: Kind | null }) =>
  kind && <span class={`kind kind-${kind}`}><i aria-hidden="true" />{say(kind)}</span>;

export const StatusTag = ({ status }: { status: Status }) => <span class={`status status-${status}`}>{say(status)}</span>;

export function Card({ title, aside, children, class: more = "" }: {
  title?: ComponentChildren; aside?: ComponentChildren; children: ComponentChildren; class?: string;
}) {
  return (
    <section class={`card ${more}`}>
      {title && <header class="card-head"><h2>{title}</h2>{aside && <div class="aside">{aside}</div>}</header>}
      {children}
    </section>
  );
}

// Text that others wrote. It is never read as HTML; marks that turn directions around are taken out of the flow and
// shown as what they are, where they could deceive.
export function Foreign({ text }: { text: string }) {
  if (text.search(CONTROLS) < 0) return <>{text}</>;
  const pieces = text.split(/([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/u);
  return <>{pieces.map((piece) => (piece.length === 1 && piece.search(CONTROLS) === 0 ? <Control mark={piece} /> : piece))}</>;
}

function Control({ mark }: { mark: string }) {
  // The three that only stand beside a letter are common in older pages and deceive nobody.
  if ("\u061c\u200e\u200f".includes(mark)) return null;
  const code = `U+${mark.codePointAt(0)?.toString(16).toUpperCase()}`;
  return <span class="control" title={`${code}: ${say("control")}`}>{code}</span>;
}

// Only addresses of the web are followed: an article may claim any address as its own.
export const isWebAddress = (address: string | null): address is string => /^https?:\/\//iu.test(address ?? "");
