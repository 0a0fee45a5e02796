// The head of an actor's page: its names in both languages, kind, offices with dates, what it belongs to, links.
import { SameAs } from "../decisions";
import { date, label, number, otherLabel, span, speak } from "../language";
import { ActorName, KindTag, isWebAddress } from "../pieces";
import type { ActorDetail, ActorLink } from "../types";

const words = speak({
  ar: {
    aliases: "أسماء أخرى", offices: "المناصب", since: "منذ", facts: "حقيقة", documents: "وثيقة", seen: "في الأخبار", dated: "أحداث مؤرخة",
    country: "الدولة", part_of: "جزء من", made_by: "صنعه", parts: "منه", belongs: "يتبعه", made: "يصنع", present: "الآن", elsewhere: "روابط", more: "و{n} غيرها",
  },
  en: {
    aliases: "Other names", offices: "Offices", since: "since", facts: "facts", documents: "documents", seen: "in the news", dated: "dated events",
    country: "Country", part_of: "Part of", made_by: "Made by", parts: "Its parts", belongs: "Belonging to it", made: "Makes", present: "now", elsewhere: "Links", more: "and {n} more",
  },
});
const MOST = 8;

export function ActorHead({ actor }: { actor: ActorDetail }) {
  const name = label(actor.label, actor.id);
  const other = otherLabel(actor.label);
  return (
    <header class="actor-head">
      <div class="names">
        <h1 class="title"><bdi>{name}</bdi></h1>
        {other && other !== name && <p class="other-name"><bdi>{other}</bdi></p>}
        <KindTag kind={actor.kind} />
        <SameAs actor={actor} />
      </div>
      <dl class="figures">
        <div><dt>{words("facts")}</dt><dd>{number(actor.facts)}</dd></div>
        <div><dt>{words("documents")}</dt><dd>{number(actor.documents)}</dd></div>
        {actor.first_seen && <div><dt>{words("seen")}</dt><dd class="small">{span(actor.first_seen, actor.last_seen)}</dd></div>}
      </dl>
      <dl class="known">
        <Offices actor={actor} />
        <Links actor={actor} />
        {actor.aliases.length > 0 && (
          <div><dt>{words("aliases")}</dt><dd class="chips">{actor.aliases.slice(0, 14).map((each) => <span key={each.text} class="chip"><bdi>{each.text}</bdi></span>)}</dd></div>
        )}
        {actor.same_as.some(isWebAddress) && (
          <div><dt>{words("elsewhere")}</dt><dd class="chips">{actor.same_as.filter(isWebAddress).map((address) => (
            <a key={address} class="chip" href={address} rel="noopener noreferrer" target="_blank"><bdi>{nameOf(address)}</bdi> ↗</a>))}</dd></div>
        )}
      </dl>
    </header>
  );
}

const nameOf = (address: string) => (address.includes("wikidata.org") ? `Wikidata ${address.split("/").at(-1)}` : new URL(address).host);

function Offices({ actor }: { actor: ActorDetail }) {
  if (!actor.offices.length) return null;
  return (
    <div>
      <dt>{words("offices")}</dt>
      <dd><ul class="offices">{actor.offices.map((office) => (
        <li key={`${office.body.id} ${office.since} ${office.title.en}`}>
          <bdi>{label(office.title, "")}</bdi> · <ActorName actor={office.body} />
          {(office.since || office.until) && <span class="when">{office.until ? span(office.since, office.until) : `${words("since")} ${date(office.since)}`}</span>}
        </li>))}</ul></dd>
    </div>
  );
}

function Links({ actor }: { actor: ActorDetail }) {
  const groups = new Map<string, ActorLink[]>();
  for (const link of actor.links.filter((each) => each.actor.id !== actor.id)) {
    const name = link.direction === "out" ? link.link : { country: "belongs", part_of: "parts", made_by: "made" }[link.link];
    groups.set(name, [...(groups.get(name) ?? []), link]);
  }
  return <>{[...groups].map(([name, links]) => (
    <div key={name}>
      <dt>{words(name as "country")}</dt>
      <dd class="chips">
        {links.slice(0, MOST).map((each) => <span key={each.actor.id} class="chip"><ActorName actor={each.actor} /></span>)}
        {links.length > MOST && <span class="rest">{words("more").replace("{n}", number(links.length - MOST))}</span>}
      </dd>
    </div>))}</>;
}
