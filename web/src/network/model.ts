// The network on the screen as plain data: neighbourhoods laid over each other, by ids.
import type { Edge, Kind, Neighbourhood, Node, Status } from "../types";

export interface Tie extends Edge { key: string; family: string }
export interface Model { nodes: ReadonlyMap<string, Node>; ties: ReadonlyMap<string, Tie> }

export const FAMILIES = ["aid", "cooperation", "diplomacy", "support", "standing", "demand", "coercion", "conflict"] as const;

export const keyOf = (edge: Edge): string => [edge.source, edge.relation.name, edge.target, edge.status].join("\t");

// What was there stays: a node keeps its distance from the first centre where that is the smaller one.
export function withNeighbourhood(model: Model | null, found: Neighbourhood, families: ReadonlyMap<string, string>): Model {
  const nodes = new Map(model?.nodes);
  const ties = new Map(model?.ties);
  for (const node of found.nodes) {
    const before = nodes.get(node.id);
    nodes.set(node.id, before && before.strength >= node.strength ? before : { ...node, steps: before?.steps ?? node.steps + (model ? 1 : 0) });
  }
  for (const edge of found.edges) {
    const key = keyOf(edge);
    ties.set(key, { ...edge, key, family: families.get(edge.relation.name) ?? "standing" });
  }
  return { nodes, ties };
}

// Without some nodes and kinds, and without who is left with no tie by that; the centre always stays.
export function visible(model: Model, centre: string, hidden: ReadonlySet<string>, kinds: ReadonlySet<Kind>, families: ReadonlySet<string>): Model {
  const shown = (id: string) => {
    const node = model.nodes.get(id);
    return !!node && (id === centre || (!hidden.has(id) && !(node.kind && kinds.has(node.kind))));
  };
  const ties = new Map([...model.ties].filter(([, tie]) => shown(tie.source) && shown(tie.target) && !families.has(tie.family)));
  const tied = new Set([...ties.values()].flatMap((tie) => [tie.source, tie.target]));
  const nodes = new Map([...model.nodes].filter(([id]) => shown(id) && (id === centre || tied.has(id))));
  return { nodes, ties };
}

export const widthOf = (weight: number): number => Math.min(9, 1.4 + 1.5 * Math.log2(Math.max(1, weight)));
export const sizeOf = (strength: number): number => Math.min(54, 16 + 6 * Math.log2(Math.max(1, strength)));
export const happened = (status: Status): boolean => status === "actual";
