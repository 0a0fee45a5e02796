// Reads a GEXF file with graphology and prints what it found: node read_gexf.js FILE
import { readFileSync } from "node:fs";
import { MultiGraph } from "graphology";
import gexf from "graphology-gexf/node/index.js";

const graph = gexf.parse(MultiGraph, readFileSync(process.argv[2], "utf8"), { allowUndeclaredAttributes: false });
const edges = {};
graph.forEachEdge((key, attributes, source, target) => {
  edges[key] = { source, target, ...attributes };
});
const nodes = Object.fromEntries(graph.mapNodes((key, attributes) => [key, attributes]));
console.log(JSON.stringify({ order: graph.order, size: graph.size, nodes, edges }));
