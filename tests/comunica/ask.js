// Prints the answer of a query as JSON: node ask.js ENDPOINT QUERY
import { QueryEngine } from '@comunica/query-sparql';

const [endpoint, query] = process.argv.slice(2);
const engine = new QueryEngine();
const result = await engine.query(query, { sources: [{ type: 'sparql', value: endpoint }] });
let answer;
if (result.resultType === 'boolean') {
  answer = await result.execute();
} else if (result.resultType === 'bindings') {
  const rows = await (await result.execute()).toArray();
  answer = rows.map((row) => Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value])));
} else {
  answer = (await (await result.execute()).toArray()).map((quad) => [quad.subject, quad.predicate, quad.object].map((t) => t.value));
}
console.log(JSON.stringify(answer));
